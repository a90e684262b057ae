package dev.converge.augeas;

import java.util.function.Consumer;

/**
 * The edit that brings one setting to what is declared.
 *
 * @param desired the setting
 * @param absent whether it goes
 */
record SettingEdit(SettingResource desired, boolean absent) implements Consumer<Tree> {
    @Override
    public void accept(Tree tree) {
        Setting setting = new Setting(desired.name(), Syntax.of(desired.syntax()), tree);
        if (absent) {
            setting.remove();
        } else {
            setting.set(desired.value().reveal());
        }
    }
}
