-- Says over HTTP who is in a Jitsi room. A test fixture of Switchboard's own: written from what jitsi-meet's module of
-- this name was seen to answer (the tables in the project's notes), not from its text. Rooms, presence, JSON, HTTP, hosts
-- and error pages are Prosody's and lua-cjson's own.
--
-- muc_modules_generation: "december_2023", "february_2026" or "current" (JitsiDialect says what differs).

module:depends("http");

local cjson = require "cjson.safe";
local json = require "util.json";
local array = require "util.array";
local http = require "util.http";
local jwt = require "util.jwt";

local generation = module:get_option_string("muc_modules_generation", "current");
local prefix = module:get_option_string("muc_mapper_domain_prefix", "conference");
local wants_token = module:get_option_boolean("enable_roomsize_token_verification", false);
local issuer = module:get_option_string("app_id");
local secret = module:get_option_string("app_secret");

-- A table with a status and no body is sent bare; a number would become one of Prosody's own pages.
local function bare(status)
	return { status_code = status };
end

local function encoded(text)
	return (text:gsub("[^%w._~-]", function (byte) return ("%%%02x"):format(byte:byte()); end));
end

-- The room's name as it is stored, and whatever is there under that name.
local function find(query)
	local name = generation == "current" and encoded(query.room) or query.room;
	if query.subdomain and query.subdomain ~= "" then
		name = "[" .. query.subdomain .. "]" .. name;
	end
	local domain = prefix .. "." .. query.domain; -- without a domain this fails, and Prosody answers 500
	local component = prosody.hosts[domain];
	local muc = component and component.modules.muc;
	return name, muc and muc.get_room_from_jid(name .. "@" .. domain);
end

local function fits(claim, value)
	return claim == "*" or claim:lower() == value;
end

local function is_good(token, name)
	local genuine, claims = jwt.verify(secret, token or "");
	local now = os.time();
	return genuine and claims.iss == issuer and claims.aud ~= nil
		and (not claims.exp or claims.exp > now) and (not claims.nbf or claims.nbf <= now)
		and claims.room and fits(claims.room, name) and fits(claims.sub, module.host);
end

local function answering(write)
	return function (event)
		if not event.request.url.query then
			return bare(400);
		end
		local query = http.formdecode(event.request.url.query);
		local name, room = find(query);
		-- The newer generations refuse the best token while the room isn't there.
		local refused = wants_token and (not is_good(query.token, name) or (not room and generation ~= "december_2023"));
		if refused then
			return bare(403);
		end
		return room and write(room) or bare(404);
	end
end

local function count(room)
	local occupants = 0;
	for _ in room:each_occupant() do
		occupants = occupants + 1;
	end
	-- The focus counts as long as it is alone.
	return ('{"participants":%d}'):format(math.max(1, occupants - 1));
end

local function list(room)
	local rows = {};
	for nick, occupant in room:each_occupant() do
		if nick:match("/(.*)$") ~= "focus" then
			local presence = occupant:get_presence();
			rows[#rows + 1] = {
				jid = nick;
				email = presence:get_child_text("email") or "";
				display_name = presence:get_child_text("nick", "http://jabber.org/protocol/nick") or "";
			};
		end
	end
	return generation == "december_2023" and json.encode(array(rows)) or cjson.encode(rows);
end

local function sessions()
	local all = 0;
	for _ in pairs(prosody.full_sessions) do
		all = all + 1;
	end
	return tostring(all);
end

module:provides("http", {
	default_path = "/";
	route = {
		["GET room"] = answering(list);
		["GET room-size"] = answering(count);
		["GET sessions"] = sessions;
	};
});
