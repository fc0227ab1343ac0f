-- A Prosody as Jitsi Meet needs it, on loopback, for one test. What varies comes from the environment (ENV_...):
-- PORT_XMPP, PORT_HTTP, HOME, and, where they are "on", SIZE, CENSUS and TOKENS; GENERATION; DEFAULT_HOST.

local function words(...)
	local list = {};
	for _, word in pairs({ ... }) do
		if word ~= "" then list[#list + 1] = word; end
	end
	return list;
end

daemonize = false
run_as_root = true -- where a build is run by root; it writes below HOME only
pidfile = ENV_HOME .. "/prosody.pid"
data_path = ENV_HOME .. "/data"
certificates = ENV_HOME
plugin_paths = { ENV_MODULES }
log = { { levels = { min = "info" }, to = "console" } }

interfaces = { "127.0.0.1" }
c2s_ports = { ENV_PORT_XMPP }
c2s_direct_tls_ports = {}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
http_interfaces = { "127.0.0.1" }
http_ports = { ENV_PORT_HTTP }
https_ports = {}
http_default_host = ENV_DEFAULT_HOST

modules_enabled = { "saslauth", "disco", "ping", "http" }
modules_disabled = { "s2s", "s2s_auth_certs", "offline" }
admins = { "focus@auth.meet.test" }
muc_mapper_domain_prefix = "conference"
muc_modules_generation = ENV_GENERATION

VirtualHost "meet.test"
	authentication = "anonymous"
	modules_enabled = words(ENV_SIZE == "on" and "muc_size" or "", ENV_CENSUS == "on" and "muc_census" or "")
	enable_roomsize_token_verification = ENV_TOKENS == "on"
	app_id = "switchboard"
	app_secret = "known to the tests alone"

VirtualHost "auth.meet.test"
	authentication = "internal_plain"

Component "conference.meet.test" "muc"
	storage = "memory"
	restrict_room_creation = true
	muc_room_locking = false
	muc_room_default_public_jids = true
