namespace S3Cassandra.Auth.Tests.Support;

/// <summary>The access key that the tests know.</summary>
internal static class Keys
{
    public const string Id = "AKIATESTTESTTESTTEST";

    public const string Secret = "a0/test+secret/of/forty/characters/abcde";
}
