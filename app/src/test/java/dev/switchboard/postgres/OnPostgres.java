package dev.switchboard.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one PostgreSQL that all of them share, started by the first that wants it. */
public final class OnPostgres implements BeforeAllCallback, ParameterResolver {
    private static final Namespace ALL = Namespace.create(OnPostgres.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        server(context);
    }

    /** The server. */
    public static Postgres server(ExtensionContext context) {
        return context.getRoot().getStore(ALL).computeIfAbsent(Postgres.class, any -> start(), Postgres.class);
    }

    private static Postgres start() {
        try {
            return Postgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Postgres.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context);
    }

    /** A fresh database on it. */
    public static String database(ExtensionContext context) throws SQLException {
        return server(context).createDatabase();
    }
}
