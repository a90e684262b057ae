package dev.converge.cli;

import dev.converge.output.Style;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What {@code --help} and {@code completion} print; built only when it is asked for. */
final class Help {
    private static final int WIDTH = 100;

    private static final List<String> SECTIONS = List.of(
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST,
            UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
            UsageMessageSpec.SECTION_KEY_FOOTER);

    private Help() {}

    static String of(CommandName command, Style style) {
        CommandSpec root = CommandName.grammar();
        CommandLine line = new CommandLine(root);
        describe(root);
        line.getSubcommands().values().forEach(other -> describe(other.getCommandSpec()));
        describeRun(root.usageMessage());
        describeServe(line.getSubcommands().get(CommandName.SERVE.word()).getCommandSpec());
        CommandLine asked = line.getSubcommands().getOrDefault(command.word(), line);
        return asked.getUsageMessage(style.color() ? Ansi.ON : Ansi.OFF);
    }

    static String completion() {
        return AutoComplete.bash("converge", new CommandLine(CommandName.grammar()));
    }

    private static void describe(CommandSpec spec) {
        String meaning = CommandName.of(spec).meaning();
        spec.usageMessage()
                .width(WIDTH)
                .sectionKeys(SECTIONS)
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .descriptionHeading("%n")
                .description(Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".")
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n");
    }

    private static void describeServe(CommandSpec spec) {
        spec.usageMessage()
                .footerHeading("%nWhich hosts there are stands under serve.hosts in the site's data/common.yaml:%n")
                .footer(
                        "  serve: { hosts: { web-1.example.com: { mac: '52:54:00:00:00:05' } } }",
                        "",
                        "A machine asks by its name, network card or serial number:",
                        "  /HOST/user-data, /HOST/meta-data, /HOST/vendor-data     cloud-init",
                        "  /HOST/rancheros, /HOST/ipxe                             RancherOS, iPXE",
                        "  /healthz, /metrics                                      how the server is",
                        "",
                        "Examples:",
                        "  converge serve /srv/site --listen 0.0.0.0:8069",
                        "  converge serve https://git.example.com/site.git --ref main",
                        "  curl http://127.0.0.1:8069/web-1/user-data");
    }

    private static void describeRun(UsageMessageSpec usage) {
        usage.customSynopsis("converge [OPTIONS] MANIFEST|SITE_DIR", "       converge COMMAND [OPTIONS] [ARGUMENTS]")
                .commandListHeading("%nOther commands; converge COMMAND --help tells more:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(UsageMessageSpec.keyValuesMap(
                        "0:done, or already in sync",
                        "1:refused, nothing was changed: wrong usage, a manifest that does not compile, a plan that does not hold",
                        "2:something would change (--dry-run), or was changed (--detailed-exitcode)",
                        "4:some resources failed, or were not reached",
                        "6:both"))
                .footerHeading("%nExamples:%n")
                .footer(
                        "  converge --dry-run site.groovy        what would change, with diffs",
                        "  converge --output json /srv/site      change it, and report to a program",
                        "  converge explain file                 what a file can be told",
                        "  converge inspect user alice           this host's user as a manifest");
    }
}
