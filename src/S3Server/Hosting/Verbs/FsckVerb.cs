using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Garbage;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>fsck</c>: checks a data folder that no server has open, or a store in Cassandra that servers go on using.</summary>
internal static class FsckVerb
{
    private const string Resume = "--resume";

    public static async Task<int> RunAsync(IReadOnlyList<string> flags, TextWriter output)
    {
        var (rest, place) = TakeResume(flags);
        var options = ServerOptionsBinder.Bind(SettingValues.Load([.. rest.Where(flag => flag is not ("--repair" or "--quick"))], Environment.GetEnvironmentVariables()));
        if (options.Cassandra is null && !Directory.Exists(options.DataFolder))
        {
            throw new ConfigurationException($"There is no data folder {options.DataFolder}.");
        }

        if (options.Cassandra is null && place is not null)
        {
            throw new ConfigurationException($"{Resume} is for stores in Cassandra.");
        }

        await using var store = await OpenedStore.OpenAsync(options, NullLoggerFactory.Instance, Console.Error.WriteLine, CancellationToken.None);
        var check = new FsckOptions { Repair = rest.Contains("--repair"), Quick = rest.Contains("--quick") };
        var report = store.Cassandra is null
            ? await new Fsck(store.Seams.Index, store.Seams.Blobs, store.Seams.Catalog).CheckAsync(check, Tell, CancellationToken.None)
            : await CheckSharedAsync(store.Seams, check, place is null ? null : new FsckPlaceFile(place), Tell);
        var below = store.Embedded is null ? [] : await store.Embedded.CheckAsync();
        foreach (var finding in below)
        {
            await output.WriteLineAsync($"Store {finding.Path}: {finding.Detail}");
        }

        await output.WriteLineAsync(
            $"{report.Buckets} buckets, {report.Rows} rows, {report.Blobs} blobs, {report.Bytes} bytes verified, "
            + $"{report.Waiting} blobs waiting for the sweeper, {report.Damage} damaged, {report.Repaired} repaired");
        return below.Any(finding => finding.IsDamage) ? 1 : report.ExitCode;

        void Tell(FsckFinding finding) => output.WriteLine(finding.ToString());
    }

    private static async Task<FsckReport> CheckSharedAsync(StoreSeams seams, FsckOptions check, FsckPlaceFile? place, Action<FsckFinding> tell)
    {
        var progress = new FsckProgress(Console.Error, isTerminal: !Console.IsErrorRedirected, TimeProvider.System);
        var report = await new SharedFsck(seams.Index, seams.Blobs, seams.Catalog, TimeProvider.System)
            .CheckAsync(check, place?.Read(), Found, Reached, CancellationToken.None);
        progress.End();
        place?.Remove();
        return report;

        void Found(FsckFinding finding)
        {
            progress.Clear();
            tell(finding);
        }

        void Reached(FsckPosition position)
        {
            place?.Write(position);
            progress.Show(position);
        }
    }

    private static (IReadOnlyList<string> Others, string? Place) TakeResume(IReadOnlyList<string> flags)
    {
        var at = flags.ToList().IndexOf(Resume);
        return at < 0 ? (flags, null)
            : at + 1 < flags.Count ? ([.. flags.Take(at), .. flags.Skip(at + 2)], flags[at + 1])
            : throw new ConfigurationException($"{Resume} needs the name of a file.");
    }
}
