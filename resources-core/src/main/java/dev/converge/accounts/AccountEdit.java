package dev.converge.accounts;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one change of a host's account files happen at a time, after copies of them went to the backups. */
final class AccountEdit {
    private static final List<Path> FILES =
            List.of(AccountFile.PASSWD, AccountFile.GROUP, AccountFile.SHADOW, Path.of("/etc/gshadow"));

    /** What is done to the account files; what it reads is fresh. */
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    private final ReentrantLock turn = new ReentrantLock();

    private AccountEdit() {}

    static void make(Host host, Step step) throws IOException, InterruptedException {
        ReentrantLock turn = host.database(AccountEdit.class, key -> new AccountEdit()).turn;
        turn.lockInterruptibly();
        try {
            forget(host);
            for (Path file : FILES) {
                host.backups().keep(file);
            }
            step.run();
        } finally {
            forget(host);
            turn.unlock();
        }
    }

    private static void forget(Host host) {
        host.invalidate(Accounts.class);
        host.invalidate(Shadow.class);
    }
}
