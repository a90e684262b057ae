package dev.converge.ini;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Text;
import dev.converge.textedit.FilePart;
import dev.converge.textedit.FilePartProvider;
import java.util.List;
import java.util.Optional;

/** Keeps single settings in ini files. */
public final class IniSettingProvider extends FilePartProvider<IniSettingResource>
        implements FirstBoot<IniSettingResource> {
    @Override
    protected FilePart<IniSettingResource> part(IniSettingResource desired) {
        return new IniSettingPart(desired);
    }

    @Override
    protected IniSettingResource named(String name) {
        return new IniSettingResource(
                IniName.parse(name), Text.of(""), Optional.empty(), false, false, false, List.of());
    }

    @Override
    public List<Step> steps(Declared<IniSettingResource> declared, Scene scene) {
        return IniSettingFirstBoot.steps(declared);
    }
}
