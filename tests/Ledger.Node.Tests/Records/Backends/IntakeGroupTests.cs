using System.Data.Common;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>Requests that wait while another one writes.</summary>
public sealed class IntakeGroupTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim firstMayGo = new();
    private readonly List<DbTransaction> transactions = [];
    private StoreFolder? folder;
    private StoreSession? session;
    private IntakeGroups? groups;

    private IntakeGroups Groups => groups!;

    [SetUp]
    public void Open()
    {
        folder = new StoreFolder();
        session = new StoreSession(new SqliteBackend(folder.File));
        session.Write(transaction => Run(transaction, "CREATE TABLE written (number INTEGER PRIMARY KEY)"));
        groups = new IntakeGroups(session, new StoreClock(folder.Clock, 0));
        firstMayGo.Reset();
        transactions.Clear();
    }

    [TearDown]
    public void Close()
    {
        session?.Dispose();
        folder?.Dispose();
    }

    [OneTimeTearDown]
    public void Release() => firstMayGo.Dispose();

    [Test]
    public async Task WhatWaitsGoesIntoOneTransaction()
    {
        Task<IntakeResult>[] all = await Behind(Write(1), Write(2), Write(3), Write(4));
        await Task.WhenAll(all).WaitAsync(Patience);
        Assert.That(Written(), Is.EqualTo(new long[] { 1, 2, 3, 4 }));
        Assert.That(transactions.Distinct().Count(), Is.EqualTo(2), "the first alone, and a group of three");
    }

    [Test]
    public async Task ARequestThatFailsTakesNoOtherWithIt()
    {
        Task<IntakeResult>[] all = await Behind(Write(1), Write(2), Write(1), Write(4));
        await Assert.ThrowsAsync(
            Is.InstanceOf<DbException>(), () => all[2].WaitAsync(Patience), "the number was there already");
        await Task.WhenAll(all[0], all[1], all[3]).WaitAsync(Patience);
        Assert.That(Written(), Is.EqualTo(new long[] { 1, 2, 4 }));
    }

    [Test]
    public async Task AConflictInAGroupIsItsOwn()
    {
        WaitingIntake conflict = new(1, (_, _) => IntakeResult.Conflict("/0"));
        Task<IntakeResult>[] all = await Behind(Write(1), Write(2), conflict, Write(4));
        IntakeResult[] results = await Task.WhenAll(all).WaitAsync(Patience);
        Assert.That(
            results.Select(static result => result.ConflictPath), Is.EqualTo(new[] { null, null, "/0", null }));
        Assert.That(Written(), Is.EqualTo(new long[] { 1, 2, 4 }));
    }

    [Test]
    public async Task LargeRequestsDoNotShareATransaction()
    {
        Task<IntakeResult>[] all = await Behind(Write(1), Write(2, records: 900), Write(3, records: 900));
        await Task.WhenAll(all).WaitAsync(Patience);
        Assert.That(transactions.Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public void ALeaderThatFailsLeavesTheWriterToTheNext()
    {
        Groups.Store(Write(1));
        Assert.Catch<DbException>(() => Groups.Store(Write(1)));
        Groups.Store(Write(2));
        Assert.That(Written(), Is.EqualTo(new long[] { 1, 2 }));
    }

    /// <summary>Starts the first, and while it writes the others; all go on when those wait.</summary>
    private async Task<Task<IntakeResult>[]> Behind(WaitingIntake first, params WaitingIntake[] others)
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WaitingIntake slow = new(
            first.Records,
            (transaction, stored) =>
            {
                begun.TrySetResult();
                Assert.That(firstMayGo.Wait(Patience), Is.True, "the others did not come to wait");
                return first.Write(transaction, stored);
            });
        List<Task<IntakeResult>> all = [Start(slow)];
        await begun.Task.WaitAsync(Patience);
        foreach (WaitingIntake other in others)
        {
            all.Add(Start(other));
            Assert.That(SpinWait.SpinUntil(() => Groups.Waiting == all.Count - 1, Patience), Is.True);
        }

        firstMayGo.Set();
        return [.. all];
    }

    private Task<IntakeResult> Start(WaitingIntake intake) => Task.Factory.StartNew(
        () => Groups.Store(intake), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private WaitingIntake Write(int number, int records = 1) => new(
        records,
        (transaction, _) =>
        {
            transactions.Add(transaction);
            Run(transaction, FormattableString.Invariant($"INSERT INTO written (number) VALUES ({number})"));
            return new IntakeResult([], 1, null);
        });

    private void Run(DbTransaction transaction, string sql) =>
        RecordDatabase.Execute(session!.Connection, transaction, sql);

    private List<long> Written() => session!.Read(() =>
    {
        using DbCommand command = session.Connection.CreateCommand();
        command.CommandText = "SELECT number FROM written ORDER BY number";
        using DbDataReader rows = command.ExecuteReader();
        List<long> found = [];
        while (rows.Read())
        {
            found.Add(rows.GetInt64(0));
        }

        return found;
    });
}
