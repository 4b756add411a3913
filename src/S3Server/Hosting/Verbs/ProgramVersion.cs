using System.Reflection;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary>The version of this program.</summary>
internal static class ProgramVersion
{
    public static string Number { get; } =
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    public static string Text => "S3Cassandra " + Number;
}
