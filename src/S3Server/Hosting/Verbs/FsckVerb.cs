using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Garbage;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>fsck</c>: checks a data folder that no server has open.</summary>
internal static class FsckVerb
{
    public static async Task<int> RunAsync(IReadOnlyList<string> flags, TextWriter output)
    {
        var settings = flags.Where(flag => flag is not ("--repair" or "--quick")).ToList();
        var options = ServerOptionsBinder.Bind(SettingValues.Load(settings, Environment.GetEnvironmentVariables()));
        if (options.Cassandra is null && !Directory.Exists(options.DataFolder))
        {
            throw new ConfigurationException($"There is no data folder {options.DataFolder}.");
        }

        await using var store = await OpenedStore.OpenAsync(options, NullLoggerFactory.Instance, Console.Error.WriteLine, CancellationToken.None);
        var check = new FsckOptions { Repair = flags.Contains("--repair"), Quick = flags.Contains("--quick") };
        var report = await new Fsck(store.Seams.Index, store.Seams.Blobs, store.Seams.Catalog)
            .CheckAsync(check, finding => output.WriteLine(finding.ToString()), CancellationToken.None);
        var below = store.Embedded is null ? [] : await store.Embedded.CheckAsync();
        foreach (var finding in below)
        {
            await output.WriteLineAsync($"Store {finding.Path}: {finding.Detail}");
        }

        await output.WriteLineAsync(
            $"{report.Buckets} buckets, {report.Rows} rows, {report.Blobs} blobs, {report.Bytes} bytes verified, "
            + $"{report.Waiting} blobs waiting for the sweeper, {report.Damage} damaged, {report.Repaired} repaired");
        return below.Any(finding => finding.IsDamage) ? 1 : report.ExitCode;
    }
}
