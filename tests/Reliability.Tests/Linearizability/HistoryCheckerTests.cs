using S3Cassandra.Reliability.Tests.Histories;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Linearizability;

/// <summary>The checker accepts what is right and finds what is wrong.</summary>
public class HistoryCheckerTests
{
    private const int Seeds = 60;

    public static TheoryData<ToyBug> Bugs => [.. Enum.GetValues<ToyBug>().Where(bug => bug != ToyBug.None)];

    [Fact]
    public void A_right_store_has_linearizable_histories()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            Assert.Null(HistoryChecker.Explain(new ToyStore(ToyBug.None, seed).Run()));
        }
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_caught(ToyBug bug) =>
        Assert.Contains(Enumerable.Range(0, Seeds), seed => HistoryChecker.Explain(new ToyStore(bug, seed).Run()) is not null);

    [Fact]
    public void A_value_that_nobody_wrote_is_found() =>
        Assert.False(HistoryChecker.IsLinearizable([Put("a", 0, 1), Read("b", 2, 3)]));

    [Fact]
    public void A_read_may_see_either_of_two_concurrent_writes()
    {
        Operation[] writes = [Put("a", 0, 10), Put("b", 0, 10)];
        Assert.True(HistoryChecker.IsLinearizable([.. writes, Read("a", 11, 12)]));
        Assert.True(HistoryChecker.IsLinearizable([.. writes, Read("b", 11, 12)]));
        Assert.False(HistoryChecker.IsLinearizable([.. writes, Read("b", 11, 12), Read("a", 13, 14)]));
    }

    [Fact]
    public void An_unknown_write_may_happen_late_or_never_but_once()
    {
        var unknown = Put("u", 0, long.MaxValue) with { Outcome = OperationOutcome.Unknown };
        Assert.True(HistoryChecker.IsLinearizable([unknown, Put("a", 1, 2), Read("a", 3, 4)]));
        Assert.True(HistoryChecker.IsLinearizable([unknown, Put("a", 1, 2), Read("a", 3, 4), Read("u", 5, 6)]));
        Assert.False(HistoryChecker.IsLinearizable([unknown, Read("u", 5, 6), Put("a", 7, 8), Read("u", 9, 10)]));
    }

    [Fact]
    public void An_unknown_write_does_not_happen_before_its_start() =>
        Assert.False(HistoryChecker.IsLinearizable(
            [Read("u", 0, 1), Put("u", 5, long.MaxValue) with { Outcome = OperationOutcome.Unknown }, Read("u", 9, 10)]));

    [Fact]
    public void Two_creations_of_one_key_do_not_both_succeed()
    {
        var create = Put("a", 0, 10) with { Kind = OperationKind.PutIfNoneMatch };
        Assert.False(HistoryChecker.IsLinearizable([create, create with { Value = "b" }]));
        Assert.True(HistoryChecker.IsLinearizable([create, create with { Value = "b", Outcome = OperationOutcome.Refused }]));
    }

    [Fact]
    public void Two_hundred_operations_of_eight_clients_are_decided()
    {
        var history = Enumerable.Range(0, HistoryChecker.MaximumOperations)
            .Select(number => number % 4 == 3 ? Read($"v{number - 1}", number * 2, (number * 2) + 9) : Put($"v{number}", number * 2, (number * 2) + 9))
            .ToList();
        Assert.Null(HistoryChecker.Explain(history));
        Assert.Throws<ArgumentException>(() => HistoryChecker.Explain([.. history, .. history]));
    }

    [Fact]
    public void A_history_is_saved_and_loaded_as_lines()
    {
        using var folder = new TemporaryFolder();
        var recorder = new Recorder();
        recorder.Add(Put("a", 5, 7));
        recorder.Add(Read(null, 1, 2));
        recorder.Save(folder["history.jsonl"]);
        Assert.Equal([Read(null, 1, 2), Put("a", 5, 7)], Recorder.Load(folder["history.jsonl"]));
    }

    private static Operation Put(string value, long start, long end) =>
        new(0, OperationKind.Put, "k", value, null, null, start, end, OperationOutcome.Ok);

    private static Operation Read(string? observed, long start, long end) =>
        new(1, OperationKind.Get, "k", null, null, observed, start, end, OperationOutcome.Ok);
}
