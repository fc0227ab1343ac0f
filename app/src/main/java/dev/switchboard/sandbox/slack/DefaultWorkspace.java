package dev.switchboard.sandbox.slack;

import java.util.List;

/** The people and conversations every workspace starts with. */
final class DefaultWorkspace {
    private DefaultWorkspace() {}

    static void furnish(Workspace workspace) {
        Person ana = workspace.hire("ana", Person.Role.MEMBER);
        Person bo = workspace.hire("bo", Person.Role.MEMBER);
        Person cy = workspace.hire("cy", Person.Role.MEMBER);
        Person dee = workspace.hire("dee", Person.Role.ADMIN);
        Person gus = workspace.hire("gus", Person.Role.GUEST);
        workspace.hire("ex", Person.Role.DEACTIVATED);
        workspace
                .createChannel("general", Conversation.Kind.PUBLIC, ana, bo, cy, dee, gus)
                .inviteBot();
        workspace.createChannel("random", Conversation.Kind.PUBLIC, ana, bo, cy, dee);
        workspace.createChannel("secret", Conversation.Kind.PRIVATE, ana, bo);
        workspace
                .createChannel("project", Conversation.Kind.PRIVATE, ana, bo, cy)
                .inviteBot();
        Conversation attic = workspace.createChannel("attic", Conversation.Kind.PUBLIC, ana, bo);
        attic.inviteBot();
        attic.archive();
        workspace.createConversation("ana-bo", Conversation.Kind.DIRECT, List.of(ana.id(), bo.id()));
        workspace.createConversation("ana-bo-cy", Conversation.Kind.GROUP_DIRECT, List.of(ana.id(), bo.id(), cy.id()));
    }
}
