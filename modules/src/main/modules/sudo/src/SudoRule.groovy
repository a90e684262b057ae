/**
 * One rule of sudo, in a file of its name in /etc/sudoers.d: who may run which commands as whom. visudo has to accept it,
 * else the old file stays. Include {@link Sudo} too, which installs sudo and makes it read that folder.
 */
class SudoRule extends Composite {
    /** Users that it is about. */
    List<String> users = []
    /** Groups that it is about, without the percent sign. */
    List<String> groups = []
    /** What they may run: whole paths, with arguments where only those are meant; ALL is everything. */
    @NotEmpty
    List<String> commands
    /** The hosts that it holds on. */
    @NotEmpty
    List<String> hosts = ['ALL']
    /** As whom: users, a colon, groups. */
    @NotEmpty
    String runAs = 'ALL:ALL'
    /** Whether sudo asks for the password. */
    boolean askPassword = true
    /** Further tags of sudoers(5), such as NOEXEC or SETENV. */
    List<String> options = []
    /** Settings for the users and groups of this rule, as sudoers(5) has them behind Defaults: {@code '!requiretty'}. */
    List<String> defaults = []
    /** Where it stands among the rules, of which the last one that fits counts. */
    @Between(min = 10, max = 99)
    int priority = 50

    void declare() {
        checkTexts()
        def who = users.collect { user -> escaped(user) } + groups.collect { group -> "%${escaped(group)}".toString() }
        def tagged = (askPassword ? [] : ['NOPASSWD']) + options
        file("/etc/sudoers.d/${priority}-${name}") {
            content template('sudo/rule', who: who, hosts: hosts, runAs: runAs, tagged: tagged, commands: commands, settings: defaults)
            owner 'root'
            group 'root'
            mode '0440'
            validate 'visudo', '-cf', '%'
        }
    }

    private void checkTexts() {
        // sudo passes over files with a dot or a tilde in their names without a word.
        if (!(name ==~ /[A-Za-z0-9_-]+/)) {
            fail "SudoRule: \"${name}\" names a file, so it may only have letters, digits, - and _."
        }
        if (users.isEmpty() && groups.isEmpty()) {
            fail "SudoRule: ${name} is about nobody. Give it users or groups."
        }
        def broken = (users + groups + commands + hosts + options + defaults + [runAs]).find { text -> text.contains('\n') || text.isBlank() }
        if (broken != null) {
            fail "SudoRule: a part of ${name} is empty or has more than one line."
        }
    }

    /** The signs that sudoers(5) wants a backslash before. */
    private static String escaped(String account) {
        account.replaceAll('[ ,:=!()\\\\]', '\\\\$0')
    }
}
