using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Examples;

/// <summary>The examples of AWS's page "Signing and authenticating REST requests (AWS signature version 2)".</summary>
public sealed class ExamplesOfSignatureV2Tests
{
    [Fact]
    public void Object_get() => Holds(
        Request("GET", "/photos/puppy.jpg", "Tue, 27 Mar 2007 19:36:42 +0000"), "bWq2s1WEIj+Ydj0vQ697zp+IXMU=");

    [Fact]
    public void Object_put() => Holds(
        Request("PUT", "/photos/puppy.jpg", "Tue, 27 Mar 2007 21:15:45 +0000")
            .With("Content-Type", "image/jpeg")
            .With("Content-Length", "94328"),
        "MyyxeRY7whkBe+bq8fHCL/2kKUg=");

    [Fact]
    public void List()
    {
        var request = Request("GET", "/", "Tue, 27 Mar 2007 19:42:41 +0000").With("User-Agent", "Mozilla/5.0");
        request.Query = "prefix=photos&max-keys=50&marker=puppy";
        Holds(request, "htDYFYduRNen8P9ZfE/s9SuKy0U=");
    }

    [Fact]
    public void Fetch_of_an_acl()
    {
        var request = Request("GET", "/", "Tue, 27 Mar 2007 19:44:46 +0000");
        request.Query = "acl";
        Holds(request, "c2WLPFtWHVgbEmeEG93a4cG37dM=");
    }

    [Fact]
    public void Delete_with_the_date_of_x_amz_date()
    {
        var request = Request("DELETE", "/johnsmith/photos/puppy.jpg", "Tue, 27 Mar 2007 21:20:27 +0000");
        request.Host = "s3.amazonaws.com";
        request.VirtualHostedBucket = null;
        Holds(request.With("x-amz-date", "Tue, 27 Mar 2007 21:20:26 +0000"), "lx3byBScXR6KzyMaifNkardMwNk=");
    }

    [Fact]
    public void Upload_to_a_bucket_named_by_the_host()
    {
        var request = Request("PUT", "/db-backup.dat.gz", "Tue, 27 Mar 2007 21:06:08 +0000")
            .With("x-amz-acl", "public-read")
            .With("content-type", "application/x-download")
            .With("Content-MD5", "4gJE4saaMU4BqNR0kLY+lw==")
            .With("X-Amz-Meta-ReviewedBy", "joe@johnsmith.net")
            .With("X-Amz-Meta-ReviewedBy", "jane@johnsmith.net")
            .With("X-Amz-Meta-FileChecksum", "0x02661779")
            .With("X-Amz-Meta-ChecksumAlgorithm", "crc32")
            .With("Content-Disposition", "attachment; filename=database.dat")
            .With("Content-Encoding", "gzip")
            .With("Content-Length", "5913339");
        request.Host = "static.johnsmith.net:8080";
        request.VirtualHostedBucket = "static.johnsmith.net";
        Holds(request, "ilyl83RwaSoYIEdixDQcA4OnAnc=");
    }

    [Fact]
    public void List_of_all_buckets()
    {
        var request = Request("GET", "/", "Wed, 28 Mar 2007 01:29:59 +0000");
        request.Host = "s3.amazonaws.com";
        request.VirtualHostedBucket = null;
        Holds(request, "qGdzdERIC03wnaRNKh6OqZehG9s=");
    }

    [Fact]
    public void Unicode_keys()
    {
        var request = Request("GET", "/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re", "Wed, 28 Mar 2007 01:49:49 +0000");
        request.Host = "s3.amazonaws.com";
        request.VirtualHostedBucket = null;
        Holds(request, "DNEZGsoieTZ92F3bUfSPQcbGmlM=");
    }

    [Fact]
    public void Query_string_request()
    {
        var request = new TestRequest
        {
            Method = "GET",
            Path = "/photos/puppy.jpg",
            Host = "johnsmith.s3.amazonaws.com",
            VirtualHostedBucket = "johnsmith",
            Query = "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620",
            Now = DateTimeOffset.FromUnixTimeSeconds(1_175_139_620),
        };
        var verification = ExamplesOfSignatureV4Tests.Verify(request).Holds();
        Assert.Equal((SignatureVersion.V2, SignaturePlace.Query), (verification.Claim!.Version, verification.Claim.Place));
    }

    private static TestRequest Request(string method, string path, string date) => new TestRequest
    {
        Method = method,
        Path = path,
        Host = "johnsmith.s3.amazonaws.com",
        VirtualHostedBucket = "johnsmith",
        Now = DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture),
    }.With("Date", date);

    private static void Holds(TestRequest request, string signature)
    {
        request.Headers.Add("Authorization", $"AWS {ExamplesOfSignatureV4Tests.AccessKeyId}:{signature}");
        var verification = ExamplesOfSignatureV4Tests.Verify(request).Holds();
        Assert.Equal((SignatureVersion.V2, SignaturePlace.Header), (verification.Claim!.Version, verification.Claim.Place));
    }
}
