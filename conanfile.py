import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load
from conan.tools.layout import basic_layout


class WanClient(ConanFile):
    name = "wan-client"
    description = "Typed requests and a crash-proof task machine for Alibaba's Wan video models, over your own HTTP"
    license = "BSL-1.0"
    topics = ("wan", "dashscope", "video-generation", "header-only")
    package_type = "header-library"
    # Only to check them: the package is the same for all.
    settings = "os", "arch", "compiler", "build_type"
    exports = "include/wan/version.hpp"
    exports_sources = "include/*", "examples/executors/*", "LICENSE"
    no_copy_source = True
    test_package_folder = "tests/packaging/conan"

    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, "include", "wan", "version.hpp"))
        numbers = [re.search(rf"#define WAN_VERSION_{part} (\d+)", text)[1] for part in ("MAJOR", "MINOR", "PATCH")]
        self.version = ".".join(numbers)

    def layout(self):
        basic_layout(self)

    def requirements(self):
        self.requires("boost/[>=1.81 <2]")

    def validate(self):
        check_min_cppstd(self, 20)

    def package_id(self):
        self.info.clear()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        for pattern in ("*.hpp", "*.ipp", "*.cppm"):
            copy(self, pattern, os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include"))
        copy(self, "executors/*", os.path.join(self.source_folder, "examples"), os.path.join(self.package_folder, "res", "wan-client"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "wan-client")
        self.cpp_info.set_property("cmake_config_version_compat", "SameMinorVersion")
        headers = self.cpp_info.components["headers"]
        headers.set_property("cmake_target_name", "wan::headers")
        headers.set_property("pkg_config_name", "wan-client-headers")
        client = self.cpp_info.components["client"]
        client.set_property("cmake_target_name", "wan::client")
        client.set_property("pkg_config_name", "wan-client")
        client.requires = ["headers"]
        # The HTTP library that one is over is the program's to require.
        executors = self.cpp_info.components["executors"]
        executors.set_property("cmake_target_name", "wan::executors")
        executors.set_property("pkg_config_name", "wan-client-executors")
        executors.includedirs = [os.path.join("res", "wan-client")]
        executors.requires = ["headers"]
        for component in headers, client, executors:
            component.bindirs = []
            component.libdirs = []

        boost = self.dependencies["boost"] if "boost" in self.dependencies else None
        if boost is None or boost.ref.revision == "platform":
            # [platform_requires]: Conan knows nothing of the system's Boost. Its headers are found all the same, its
            # library is not.
            client.system_libs = ["boost_json"]
            return
        headers.requires = ["boost::headers"]
        # Where Boost is header-only, a file of the program includes <boost/json/src.hpp>: there is nothing to link.
        if not boost.options.get_safe("header_only"):
            client.requires.append("boost::json")
