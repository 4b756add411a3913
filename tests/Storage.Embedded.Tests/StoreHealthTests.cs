namespace S3Cassandra.Storage.Embedded.Tests;

public sealed class StoreHealthTests
{
    [Theory]
    [InlineData(5, true)] // EIO
    [InlineData(30, true)] // EROFS
    [InlineData(28, false)] // ENOSPC
    [InlineData(122, false)] // EDQUOT
    [InlineData(24, false)] // EMFILE
    public void Only_what_may_have_lost_a_write_is_final(int error, bool final)
    {
        var health = new StoreHealth();
        var exception = health.FailedWrite("a write", error);
        Assert.Equal(error is 28 or 122, exception is StoreFullException);
        Assert.Equal(final, health.Failure is not null);
        Assert.Equal(final, Record.Exception(health.ThrowIfFailed) is StoreUnavailableException);
    }
}
