-- Counts over HTTP who is in each Jitsi room. A test fixture of Switchboard's own: written from what jitsi-meet's module
-- of this name was seen to answer (the tables in the project's notes), not from its text.
--
-- muc_modules_generation: "december_2023", "february_2026" or "current" (JitsiDialect says what differs).

module:depends("http");

local cjson = require "cjson.safe";
local json = require "util.json";

local generation = module:get_option_string("muc_modules_generation", "current");
local prefix = module:get_option_string("muc_mapper_domain_prefix", "conference");

local function census()
	local rows = {};
	for room in prosody.hosts[prefix .. "." .. module.host].modules.muc.each_room() do
		local guests = 0;
		for nick in room:each_occupant() do
			if nick:match("/(.*)$") ~= "focus" then
				guests = guests + 1;
			end
		end
		rows[#rows + 1] = { room_name = room.jid; participants = guests; leaked = false };
	end
	if generation == "current" and #rows == 0 then
		return "[]";
	end
	return generation == "december_2023" and json.encode({ room_census = rows }) or cjson.encode({ room_census = rows });
end

module:provides("http", { default_path = "/"; route = { ["GET room-census"] = census } });
