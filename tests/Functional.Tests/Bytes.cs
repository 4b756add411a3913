namespace S3Cassandra.Functional.Tests;

/// <summary>Bytes that look random and are the same each time, so that a body's ranges can be told apart.</summary>
internal static class Bytes
{
    public static byte[] Of(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
