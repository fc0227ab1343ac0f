package dev.switchboard.slack.gateway;

import dev.switchboard.call.Reply;
import dev.switchboard.call.Reply.Verdict;
import java.util.Map;
import java.util.Set;

/**
 * What Slack's error codes mean for us, in one place
 * (https://docs.slack.dev/reference/methods, "Common errors" and each method's own).
 */
final class ErrorCode {
    static final String MISSING_SCOPE = "missing_scope";
    static final String ACCESS_LIMITED = "accesslimited";
    private static final String INACTIVE_CALL = "inactive_call";

    private static final Set<String> ALREADY = Set.of(
            // A Call that has ended takes no changes: none are needed any more.
            INACTIVE_CALL,
            // On calls.participants.add: they are on the card.
            Reply.BAD_USERS,
            "already_unfurled");

    private static final Set<String> LATER = Set.of(
            "ratelimited",
            "rate_limited",
            "message_limit_exceeded",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org");

    /** Slack says of these that some aspect of the request may have succeeded. */
    private static final Set<String> MAYBE_DONE = Set.of("internal_error", "fatal_error");

    /** Refusals of the token, whatever it is asked for. */
    private static final Set<String> HELD = Set.of(
            "invalid_auth",
            "not_authed",
            "token_revoked",
            "token_expired",
            "account_inactive",
            "org_login_required",
            "two_factor_setup_required",
            "no_token");

    /** Refusals of one method, or of what it was asked about, while the token is good for others. */
    private static final Set<String> METHOD_HELD =
            Set.of(MISSING_SCOPE, "not_allowed_token_type", "team_access_not_granted", ACCESS_LIMITED);

    /** What tells us more where it is granted; without it we do without what it tells. */
    private static final Set<String> OPTIONAL = Set.of(
            // A person who may not be looked up can't be told from one who is not an admin.
            "users.info",
            "users.lookupByEmail",
            "conversations.info",
            "conversations.history",
            "conversations.replies",
            "conversations.open");

    /** Without these the card goes on showing what isn't true: tried for a day. */
    private static final Set<String> CORRECTIONS = Set.of("calls.update", "calls.participants.remove", "calls.end");

    /** What an administrator has forbidden, and may allow again. */
    private static final Set<String> FORBIDDEN = Set.of(
            "access_denied",
            "ekm_access_denied",
            "enterprise_is_restricted",
            "forbidden_team",
            "no_permission",
            "not_authorized",
            "restricted_action",
            "user_disabled");

    private static final Set<String> NEVER = Set.of(
            "access_denied",
            "app_access_restricted",
            "as_user_not_supported",
            "attachment_payload_limit_exceeded",
            "cannot_auth_user",
            "cannot_dm_bot",
            "cannot_find_channel",
            "cannot_find_message",
            "cannot_find_service",
            "cannot_parse_attachment",
            "cannot_prompt",
            "cannot_reply_to_message",
            "cannot_unfurl_message",
            "cannot_unfurl_url",
            "cant_update_message",
            "channel_is_limited_access",
            "channel_not_found",
            "deprecated_endpoint",
            "duplicate_channel_not_found",
            "duplicate_message_not_found",
            "edit_window_closed",
            "ekm_access_denied",
            "enterprise_is_restricted",
            "expired_url",
            "forbidden_team",
            "invalid_arg_name",
            "invalid_arguments",
            "invalid_array_arg",
            "invalid_attachments",
            "invalid_blocks",
            "invalid_blocks_format",
            "invalid_call_id",
            "invalid_charset",
            "invalid_created_by",
            "invalid_form_data",
            "invalid_metadata_format",
            "invalid_metadata_schema",
            "invalid_post_type",
            "invalid_source",
            "invalid_start_time",
            "invalid_unfurl_id",
            "invalid_unfurls_format",
            "invalid_user_combination",
            "is_archived",
            "is_bot",
            "is_inactive",
            "messages_tab_disabled",
            "message_not_found",
            "metadata_must_be_sent_from_app",
            "metadata_too_large",
            "method_deprecated",
            "method_not_supported_for_channel_type",
            "missing_argument",
            "missing_channel",
            "missing_post_type",
            "missing_source",
            "missing_ts",
            "missing_unfurl_id",
            "missing_unfurls",
            "msg_blocks_too_long",
            "msg_too_long",
            "no_permission",
            "no_text",
            "not_authorized",
            "not_enough_users",
            "not_implemented",
            "not_in_channel",
            "restricted_action",
            "restricted_action_non_threadable_channel",
            "restricted_action_read_only_channel",
            "restricted_action_thread_locked",
            "restricted_action_thread_only_channel",
            "slack_connect_canvas_sharing_blocked",
            "slack_connect_file_link_sharing_blocked",
            "team_not_found",
            "thread_not_found",
            "too_many_attachments",
            "too_many_users",
            "unknown_method",
            "used_url",
            "user_disabled",
            "user_not_found",
            "user_not_in_channel",
            "user_not_visible",
            "users_not_found");

    /** Codes that mean something else on one method. */
    private static final Map<String, Verdict> SPECIAL = Map.of(
            // Not documented there: a Call can't have been registered by being refused.
            "calls.add " + Reply.BAD_USERS, Verdict.NEVER,
            "calls.add " + INACTIVE_CALL, Verdict.NEVER);

    private ErrorCode() {}

    /** Whether a code with which we are held is about the one method that was asked, and not about the workspace. */
    static boolean holdsOneMethod(String code) {
        return METHOD_HELD.contains(code);
    }

    /** The class of a code that Slack answered to a method. */
    static Verdict verdict(String method, String code) {
        Verdict special = SPECIAL.get(method + " " + code);
        if (special != null) {
            return special;
        }
        if (OPTIONAL.contains(method) && METHOD_HELD.contains(code)) {
            return Verdict.NEVER;
        }
        if (CORRECTIONS.contains(method) && FORBIDDEN.contains(code)) {
            return Verdict.UNKNOWN;
        }
        if (ALREADY.contains(code)) {
            return Verdict.ALREADY;
        }
        if (MAYBE_DONE.contains(code)) {
            return Verdict.LOST;
        }
        if (LATER.contains(code)) {
            return Verdict.LATER;
        }
        if (HELD.contains(code) || METHOD_HELD.contains(code)) {
            return Verdict.HELD;
        }
        return NEVER.contains(code) ? Verdict.NEVER : Verdict.UNKNOWN;
    }
}
