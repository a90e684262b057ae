package dev.converge.service

/** The script of a service that sleeps, as the Linux Standard Base wants it. */
final class InitScript {
    private InitScript() {}

    static String of(String name) {
        """\
        #!/bin/sh
        ### BEGIN INIT INFO
        # Provides:          $name
        # Required-Start:
        # Required-Stop:
        # Default-Start:     2 3 4 5
        # Default-Stop:      0 1 6
        # Short-Description: sleeps
        ### END INIT INFO
        pid=/run/${name}.pid
        runs() { [ -f \$pid ] && kill -0 \$(cat \$pid) 2>/dev/null; }
        case \$1 in
        start) runs || { sleep 1000 & echo \$! >\$pid; } ;;
        stop) runs && kill \$(cat \$pid); rm -f \$pid ;;
        restart) \$0 stop; \$0 start ;;
        status) runs || exit 3 ;;
        *) exit 3 ;;
        esac
        """.stripIndent()
    }
}
