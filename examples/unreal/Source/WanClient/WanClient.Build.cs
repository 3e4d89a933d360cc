// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
using System;
using System.IO;
using UnrealBuildTool;

public class WanClient : ModuleRules
{
    public WanClient(ReadOnlyTargetRules Target) : base(Target)
    {
        CppStandard = CppStandardVersion.Cpp20;

        // As everywhere in the engine.
        bEnableExceptions = false;
        bUseRTTI = false;

        // One file compiles the library, before any engine header.
        PCHUsage = PCHUsageMode.NoPCHs;
        bUseUnity = false;
        // Boost tests undefined macros with #if. The setting was renamed twice, and the old names are
        // obsolete.
#if UE_5_6_OR_LATER
        CppCompileWarningSettings.UndefinedIdentifierWarningLevel = WarningLevel.Off;
#elif UE_5_5_OR_LATER
        UndefinedIdentifierWarningLevel = WarningLevel.Off;
#else
        bEnableUndefinedIdentifierWarnings = false;
#endif

        PublicDependencyModuleNames.Add("Core");
        PrivateDependencyModuleNames.Add("HTTP");

        PublicSystemIncludePaths.Add(IncludeFolder("WAN_CLIENT_INCLUDE", "wan-client", "wan/wan.hpp"));
        PublicSystemIncludePaths.Add(IncludeFolder("BOOST_INCLUDE", "boost", "boost/json.hpp"));

        // For all files that include a header of the library, also in other modules.
        PublicDefinitions.Add("WAN_SEPARATE_COMPILATION=1");
        PublicDefinitions.Add("BOOST_ALL_NO_LIB=1");
    }

    /// Returns the folder named by the environment variable, or Source/ThirdParty/<name>/include.
    private string IncludeFolder(string Variable, string Name, string Header)
    {
        string Folder = Environment.GetEnvironmentVariable(Variable)
            ?? Path.Combine(PluginDirectory, "Source", "ThirdParty", Name, "include");
        if (!File.Exists(Path.Combine(Folder, Header)))
        {
            throw new BuildException("{0} does not contain {1}: copy it there, or set the environment variable {2} to its folder", Folder, Header, Variable);
        }
        return Folder;
    }
}
