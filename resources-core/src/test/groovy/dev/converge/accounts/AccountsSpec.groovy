package dev.converge.accounts

import dev.converge.FolderHost
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

class AccountsSpec extends Specification {
    @TempDir
    Path root

    def "finds the #kind #key as #found"() {
        given:
        accounts('''root:x:0:0:root:/root:/bin/bash
broken line
half:x:12
words:x:one:two::/:
ada:x:1000:1000:Ada Lovelace,,,:/home/ada:/bin/zsh
ada:x:1001:1000:second:/home/ada2:/bin/sh
toor:x:0:0::/root:/bin/sh
4711:x:1002:100::/:/bin/sh
high:x:4294967294:4294967294::/:
''', '''root:x:0:
staff:x:50:ada, bob,
wheel:x:10:ada
+:::
''')
        def accounts = Accounts.of(new FolderHost(root))

        expect:
        ask(accounts, kind, key) == found

        where:
        kind    | key      | found
        'uid'   | 'root'   | 0
        'uid'   | 'ada'    | 1000
        'uid'   | '1234'   | 1234
        'uid'   | '4711'   | 1002
        'uid'   | 'half'   | null
        'uid'   | 'words'  | null
        'uid'   | 'nobody' | null
        'uid'   | 'high'   | -2
        'gid'   | 'staff'  | 50
        'gid'   | '77'     | 77
        'gid'   | '+'      | null
        'user'  | 0        | 'root'
        'user'  | 1000     | 'ada'
        'user'  | 5        | null
        'group' | 10       | 'wheel'
        'group' | 99       | null
    }

    def "knows the members of a group, with blanks and empty names left out"() {
        given:
        accounts('', 'staff:x:50:ada, bob,,\n')

        expect:
        Accounts.of(new FolderHost(root)).group('staff').get().members() == ['ada', 'bob'] as Set
    }

    def "a host without account files has no accounts"() {
        expect:
        Accounts.of(new FolderHost(root)).uid('root').empty
    }

    @Requires({ AccountHost.usable })
    def "asks the C library only where accounts come from elsewhere too"() {
        expect:
        dev.converge.posix.NameService.uid('root').get() == 0
        dev.converge.posix.NameService.groupName(0).get() == 'root'
        dev.converge.posix.NameService.uid('cvgtest-nobody-is-called-so').empty
    }

    private void accounts(String passwd, String group) {
        Files.createDirectories(root.resolve('etc'))
        Files.writeString(root.resolve('etc/passwd'), passwd)
        Files.writeString(root.resolve('etc/group'), group)
    }

    private static Object ask(Accounts accounts, String kind, Object key) {
        switch (kind) {
            case 'uid': return number(accounts.uid(key as String))
            case 'gid': return number(accounts.gid(key as String))
            case 'user': return accounts.userName(key as int).orElse(null)
            default: return accounts.groupName(key as int).orElse(null)
        }
    }

    private static Integer number(OptionalInt id) {
        id.present ? id.asInt : null
    }
}
