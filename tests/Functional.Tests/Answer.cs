using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests;

/// <summary>What answers hold: errors by code, documents by element.</summary>
internal static class Answer
{
    /// <summary>Asserts that the answer is S3's error, and gives its document.</summary>
    public static XElement IsError(this S3Response response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.Status);
        var error = XDocument.Parse(response.Text).Root!;
        Assert.Equal("Error", error.Name.LocalName);
        Assert.Equal(code, error.Element("Code")!.Value);
        return error;
    }

    /// <summary>The document of a successful answer, namespaces taken off so that paths are short.</summary>
    public static XElement Document(this S3Response response, string root)
    {
        Assert.True(response.IsSuccess, response.Text);
        var document = XDocument.Parse(response.Text, LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal(XName.Get(root, "http://s3.amazonaws.com/doc/2006-03-01/"), document.Name);
        document.RemoveAttributes();
        foreach (var element in document.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return document;
    }

    public static string[] All(this XElement document, string element) => [.. document.Descendants(element).Select(found => found.Value)];

    /// <summary>Puts a document with its Content-MD5, which some operations demand.</summary>
    public static Task<S3Response> PutDocumentAsync(
        this S3Client client, string bucket, string query, string document, CancellationToken token)
    {
        var body = Encoding.UTF8.GetBytes(document);
        return client.SendAsync(HttpMethod.Put, bucket, null, query, body, [("Content-MD5", Convert.ToBase64String(MD5.HashData(body)))], token);
    }

    public static Task<S3Response> DeleteQueryAsync(this S3Client client, string bucket, string query, CancellationToken token) =>
        client.SendAsync(HttpMethod.Delete, bucket, null, query, null, [], token);
}
