import os

from conan import ConanFile


class SystemBoost(ConanFile):
    """The system's Boost as a package, with the names that Conan's own has: so no server is asked."""

    name = "boost"
    options = {"header_only": [True, False]}
    default_options = {"header_only": False}

    def package(self):
        folder = os.path.join(self.package_folder, "include")
        os.makedirs(folder)
        os.symlink(os.path.join(os.environ["boost_include"], "boost"), os.path.join(folder, "boost"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "Boost")
        headers = self.cpp_info.components["headers"]
        headers.set_property("cmake_target_name", "Boost::headers")
        if not self.options.header_only:
            json = self.cpp_info.components["json"]
            json.set_property("cmake_target_name", "Boost::json")
            json.requires = ["headers"]
            json.system_libs = ["boost_json"]
