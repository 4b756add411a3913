using System.Security.Cryptography;
using S3Cassandra.Storage.Checksums.Md5;

namespace S3Cassandra.Storage.Tests.Checksums.Md5;

public sealed class Md5StreamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_000)]
    [InlineData(524_289)]
    public async Task A_body_in_one_piece_has_the_digest_of_the_reference_implementation(int length)
    {
        var body = RandomNumberGenerator.GetBytes(length);
        var stream = new Md5Stream();

        await stream.AppendAsync(body);

        Assert.Equal(MD5.HashData(body), stream.Finish());
    }

    /// <summary>Bodies of different lengths, side by side: lanes fill and empty in every combination.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(19)]
    public async Task Concurrent_bodies_do_not_mix(int bodies)
    {
        await Task.WhenAll(Enumerable.Range(0, bodies).Select(HashOneAsync));

        static async Task HashOneAsync(int seed)
        {
            var random = new Random(seed);
            using var reference = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            var stream = new Md5Stream();
            for (var piece = 0; piece < 40; piece++)
            {
                var bytes = new byte[64 * random.Next(1, 300)];
                random.NextBytes(bytes);
                reference.AppendData(bytes);
                await stream.AppendAsync(bytes);
            }

            Assert.Equal(reference.GetHashAndReset(), stream.Finish());
        }
    }

    [Fact]
    public async Task Lanes_side_by_side_agree_with_one_at_a_time()
    {
        Assert.SkipUnless(Md5Vector.IsSupported, "this processor has no AVX2");
        var jobs = Enumerable.Range(0, 64).Select(_ => RandomNumberGenerator.GetBytes(64 * 1024)).ToArray();
        var streams = jobs.Select(_ => new Md5Stream()).ToArray();

        await Task.WhenAll(jobs.Zip(streams, (body, stream) => stream.AppendAsync(body).AsTask()));

        Assert.All(jobs.Zip(streams), pair => Assert.Equal(MD5.HashData(pair.First), pair.Second.Finish()));
    }
}
