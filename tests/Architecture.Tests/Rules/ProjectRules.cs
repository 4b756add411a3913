using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests.Rules;

/// <summary>Which project may reference which, and which packages a product project may take.</summary>
internal static class ProjectRules
{
    private static readonly Dictionary<string, string[]> References = new(StringComparer.Ordinal)
    {
        ["Auth"] = [],
        ["Cql"] = [],
        ["Storage"] = ["Cql"],
        ["S3Server"] = ["Auth", "Storage"],
    };

    private static readonly Dictionary<string, string[]> Packages = new(StringComparer.Ordinal)
    {
        ["Auth"] = [],
        ["Cql"] = ["Microsoft.Extensions.Logging.Abstractions", "System.IO.Hashing"],
        ["Storage"] = ["Microsoft.Extensions.Logging.Abstractions", "SQLitePCLRaw.bundle_e_sqlite3", "System.IO.Hashing"],
        ["S3Server"] = ["System.IO.Hashing"],
    };

    public static IEnumerable<string> Check(IEnumerable<ProjectFile> projects)
    {
        foreach (var project in projects)
        {
            if (!project.IsProduct)
            {
                continue;
            }

            if (!References.TryGetValue(project.Name, out var references))
            {
                yield return $"{project.Path}: a project that ProjectRules does not know";
                continue;
            }

            foreach (var reference in project.Projects.Except(references, StringComparer.Ordinal))
            {
                yield return $"{project.Path}: may not reference {reference}";
            }

            foreach (var package in project.Packages.Except(Packages[project.Name], StringComparer.Ordinal))
            {
                yield return $"{project.Path}: may not take the package {package}";
            }
        }
    }
}
