using System.Globalization;
using System.Xml.Linq;

namespace S3Cassandra.S3Server.Tests.Server;

/// <summary>A response as it came over the socket.</summary>
internal sealed record TestResponse(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The error's code; empty where the body is none.</summary>
    public string Code => Element("Code");

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The text of the first element of that name, whatever its namespace.</summary>
    public string Element(string name) => Body.StartsWith("<?xml", StringComparison.Ordinal)
        ? XDocument.Parse(Body).Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? ""
        : "";

    /// <summary>Parses a head: status line and fields.</summary>
    public static TestResponse OfHead(string head)
    {
        var lines = head.Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1).Where(line => line.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new TestResponse(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, "");
    }
}
