using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using S3Cassandra.Functional.Tests.Iam;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Terraform;

/// <summary>The calls of IAM as Terraform's AWS provider makes them: NoSuchEntity is what it takes for "not there", anything else ends it.</summary>
internal sealed class IamProvider(S3Endpoint endpoint) : IDisposable
{
    private readonly IamClient _client = new(endpoint);

    public void Dispose() => _client.Dispose();

    /// <summary>Does what has to succeed; the document of the answer, without namespaces.</summary>
    public async Task<XElement> DoAsync(string action, params (string Name, string Value)[] parameters) =>
        await FindAsync(action, parameters) ?? throw new InvalidOperationException($"{action}: NoSuchEntity");

    /// <summary>The same; null where the answer is NoSuchEntity.</summary>
    public async Task<XElement?> FindAsync(string action, params (string Name, string Value)[] parameters)
    {
        var (status, document) = await _client.SendAsync(action, TestContext.Current.CancellationToken, parameters);
        foreach (var element in document.DescendantsAndSelf())
        {
            element.RemoveAttributes();
            element.Name = element.Name.LocalName;
        }

        if (status == HttpStatusCode.NotFound && document.Descendants("Code").Single().Value == "NoSuchEntity")
        {
            return null;
        }

        Assert.True(status == HttpStatusCode.OK, $"{action}: {document}");
        return document;
    }

    /// <summary>Does what has to fail; the code of the error.</summary>
    public async Task<string> CodeAsync(string action, params (string Name, string Value)[] parameters)
    {
        var (status, document) = await _client.SendAsync(action, TestContext.Current.CancellationToken, parameters);
        Assert.NotEqual(HttpStatusCode.OK, status);
        return document.Descendants().Single(element => element.Name.LocalName == "Code").Value;
    }

    /// <summary>The text of the one element of that name; empty where there is none.</summary>
    public static string Text(XElement document, string name) => document.Descendants(name).SingleOrDefault()?.Value ?? "";

    /// <summary>Whether a policy that was read (in the query protocol it is URL-encoded) means what was written.</summary>
    public static bool IsSame(string written, string read) =>
        JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(Uri.UnescapeDataString(read)));

    /// <summary>The document without what differs from request to request: what a plan compares.</summary>
    public static string State(XElement? document)
    {
        document?.Descendants("ResponseMetadata").Remove();
        document?.Descendants("RoleLastUsed").Remove();
        return document?.ToString() ?? "";
    }
}
