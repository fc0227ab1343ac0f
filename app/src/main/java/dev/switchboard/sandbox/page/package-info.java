/**
 * The sandbox's workspace in a browser. {@link dev.switchboard.sandbox.page.SandboxPage} serves the files under {@code
 * resources/dev/switchboard/sandbox/page}, pushes to each open page what its person sees in its conversation, and does
 * what people do: nothing else can be done from there, but for the switches of trouble.
 */
@NullMarked
package dev.switchboard.sandbox.page;

import org.jspecify.annotations.NullMarked;
