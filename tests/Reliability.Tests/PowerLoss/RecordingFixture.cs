using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>One recording for all tests of power loss.</summary>
public sealed class RecordingFixture : IAsyncLifetime
{
    private const int Operations = 400;

    private readonly TemporaryFolder _folder = new();

    internal Recording Recording { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Recording = await Recording.MakeAsync(_folder.Path, Operations, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
