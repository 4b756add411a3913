using System.Diagnostics;

namespace S3Cassandra.Storage.Embedded.Tests;

/// <summary>A data folder is one process's, and nobody's from the moment that it is closed.</summary>
public class DirectoryLockTests
{
    [Fact]
    public void A_folder_is_locked_once()
    {
        using var folder = new TemporaryFolder();
        using (DirectoryLock.Take(folder.Path))
        {
            Assert.Throws<StoreUnavailableException>(() => DirectoryLock.Take(folder.Path));
        }

        DirectoryLock.Take(folder.Path).Dispose();
    }

    /// <summary>Between fork and exec a child has all files of its parent, and the locks on them.</summary>
    [Fact]
    public async Task It_is_given_up_though_a_child_that_is_being_started_has_the_file_still()
    {
        using var folder = new TemporaryFolder();
        using var enough = new CancellationTokenSource();
        var starting = Task.Run(
            async () =>
            {
                for (var child = 0; child < 200; child++)
                {
                    using var process = Process.Start("/bin/true");
                    await process.WaitForExitAsync(CancellationToken.None);
                }

                await enough.CancelAsync();
            },
            TestContext.Current.CancellationToken);
        while (!enough.IsCancellationRequested)
        {
            DirectoryLock.Take(folder.Path).Dispose();
        }

        await starting;
    }
}
