namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>Tells what is waited for: once, until it is something else.</summary>
internal sealed class WaitingProgress(Action<string> progress)
{
    private string? _told;

    public void Tell(string line)
    {
        if (line != _told)
        {
            progress(line);
            _told = line;
        }
    }
}
