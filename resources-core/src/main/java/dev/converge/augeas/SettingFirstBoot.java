package dev.converge.augeas;

import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.textedit.FileEditing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A setting in a file of lines without Converge, and without Augeas: the same line in the same place, by awk. */
final class SettingFirstBoot {
    private SettingFirstBoot() {}

    static List<Step> steps(Declared<SettingResource> declared) {
        SettingResource setting = declared.desired();
        LineSyntax syntax = LineSyntax.of(lens(setting));
        Text value = setting.value();
        boolean outside = syntax != LineSyntax.SHELL
                && !value.reveal().equals(value.reveal().strip());
        InvalidValueException.when(
                outside || value.reveal().indexOf('\n') >= 0,
                "The value of \"" + setting.name().key() + "\" is none that a line of "
                        + setting.name().file() + " can hold.",
                "Look at how the file writes such values.");
        boolean absent = declared.ensure() == Ensure.ABSENT;
        return List.of(FileEditing.of(
                setting.name().file(),
                syntax.program() + program(),
                values(setting, syntax, absent),
                setting.create() && !absent,
                setting.validation().words()));
    }

    private static LensName lens(SettingResource setting) {
        return setting.lens()
                .or(() -> KnownLenses.forFile(setting.name().file()))
                .orElseThrow(() -> new InvalidValueException(
                        "No lens is known for " + setting.name().file() + ".",
                        "Give one, such as lens 'Spacevars', or declare a line."));
    }

    private static Map<String, Text> values(SettingResource setting, LineSyntax syntax, boolean absent) {
        Map<String, Text> values = new LinkedHashMap<>();
        values.put("KEY", Text.of(setting.name().key()));
        if (syntax == LineSyntax.SHELL) {
            values.put("VALUE", quoted(setting.value(), Optional.empty()));
            values.put("SINGLE", quoted(setting.value(), Optional.of("'")));
            values.put("DOUBLE", quoted(setting.value(), Optional.of("\"")));
        } else {
            values.put("VALUE", setting.value());
        }
        values.put(
                "ALL_COUNT",
                Text.of(
                        syntax == LineSyntax.SSH
                                        && Setting.isCumulative(setting.name().key())
                                ? "1"
                                : ""));
        values.put("ABSENT", Text.of(absent ? "1" : ""));
        return values;
    }

    private static Text quoted(Text value, Optional<String> old) {
        String written = ShellValue.written(value.reveal(), old);
        return value.isSensitive() ? Text.of(Secret.of(written)) : Text.of(written);
    }

    private static String program() {
        try (InputStream in = SettingFirstBoot.class.getResourceAsStream("setting.awk")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
