package dev.converge.git;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportProtocol;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.util.FS;

/**
 * Reads a repository in a folder of this machine, in the place of JGit's own way, whose other end prints a stack trace
 * when it is cut off or the repository is damaged. Whoever reads is told of either by an exception.
 */
final class FolderTransport extends Transport implements PackTransport {
    /** Held here, since JGit forgets what nobody else holds. */
    private static final TransportProtocol PROTOCOL = new Folders();

    static {
        Transport.register(PROTOCOL);
    }

    private final File folder;

    private FolderTransport(Repository here, URIish uri, File folder) {
        super(here, uri);
        this.folder = folder;
    }

    private FolderTransport(URIish uri, File folder) {
        super(uri);
        this.folder = folder;
    }

    /** Loads the class, which is all that is needed. */
    static void begin() {}

    private static final class Folders extends TransportProtocol {
        @Override
        public String getName() {
            return "Folder";
        }

        /** All else is JGit's: bundles, and what is not there. */
        @Override
        public boolean canHandle(URIish uri, Repository here, String remote) {
            boolean isPath = uri.getScheme() == null || uri.getScheme().equals("file");
            return isPath
                    && uri.getHost() == null
                    && uri.getUser() == null
                    && uri.getPath().startsWith("/")
                    && folder(uri) != null;
        }

        private static File folder(URIish uri) {
            return RepositoryCache.FileKey.resolve(new File(uri.getPath()), FS.DETECTED);
        }

        @Override
        public Transport open(URIish uri, Repository here, String remote) {
            return new FolderTransport(here, uri, folder(uri));
        }

        @Override
        public Transport open(URIish uri) {
            return new FolderTransport(uri, folder(uri));
        }
    }

    @Override
    public FetchConnection openFetch() throws TransportException {
        try {
            Repository there = new FileRepositoryBuilder()
                    .setFS(FS.DETECTED)
                    .setGitDir(folder)
                    .setMustExist(true)
                    .build();
            return new Reading(this, there);
        } catch (TransportException e) {
            throw e;
        } catch (IOException e) {
            throw new TransportException(uri, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public PushConnection openPush() throws NotSupportedException {
        throw new NotSupportedException("nothing is pushed to " + uri);
    }

    @Override
    public void close() {
        // Each connection closes what it has opened.
    }

    /** The two ends, with a pipe each way between them. */
    private static final class Reading extends BasePackFetchConnection {
        private final Thread other;

        Reading(FolderTransport transport, Repository there) throws IOException {
            super(transport);
            PipedInputStream answers = new PipedInputStream();
            PipedOutputStream answering = new PipedOutputStream(answers);
            PipedInputStream requests = new PipedInputStream(MIN_CLIENT_BUFFER);
            PipedOutputStream requesting = new PipedOutputStream(requests);
            this.other = new Thread(() -> answer(there, requests, answering), "upload-pack " + transport.uri);
            other.setDaemon(true);
            other.start();
            init(answers, requesting);
            readAdvertisedRefs();
        }

        private static void answer(Repository there, InputStream requests, OutputStream answering) {
            try (there;
                    requests;
                    answering) {
                new UploadPack(there).upload(requests, answering, null);
            } catch (IOException | RuntimeException e) {
                // Whoever reads gets what it has said of it, or the end of the pipe.
            }
        }

        @Override
        public void close() {
            super.close();
            try {
                other.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
