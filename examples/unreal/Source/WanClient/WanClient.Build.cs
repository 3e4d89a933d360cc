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

        // The library is compiled by one file, before any header of the engine.
        PCHUsage = PCHUsageMode.NoPCHs;
        bUseUnity = false;
        // Boost asks with #if for macros that are not defined. The switch has moved twice, and the old ones are obsolete.
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

        // For all files that include a header of the library, those of other modules as well.
        PublicDefinitions.Add("WAN_SEPARATE_COMPILATION=1");
        PublicDefinitions.Add("BOOST_ALL_NO_LIB=1");
    }

    /// Where the environment says, or Source/ThirdParty/<name>/include.
    private string IncludeFolder(string Variable, string Name, string Header)
    {
        string Folder = Environment.GetEnvironmentVariable(Variable)
            ?? Path.Combine(PluginDirectory, "Source", "ThirdParty", Name, "include");
        if (!File.Exists(Path.Combine(Folder, Header)))
        {
            throw new BuildException("{0} has no {1}: copy it there, or name another folder in the environment as {2}", Folder, Header, Variable);
        }
        return Folder;
    }
}
