using System.Text;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Node.Box;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

/// <summary>What a box answers, and what it refuses by which name. Rules B-1 to B-8.</summary>
public sealed class SecureBoxReadsTests
{
    private const int Records = 5;

    private BoxBench bench = null!;

    [SetUp]
    public void Begin() => bench = new BoxBench(Records);

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public async Task A_granted_reader_gets_everything_and_verifies_it()
    {
        bench.Grant(bench.East);
        BoxReading reading = await bench.ReadAsync(bench.East);
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That(reading.Report.RecordsVerified, Is.EqualTo(Records));
    }

    [Test]
    public async Task A_filter_narrows_and_the_places_still_add_up()
    {
        bench.Grant(bench.East);
        BoxReading none = await bench.ReadAsync(
            bench.East, bench.Query() with { Filter = new BoxFilter { Activities = { "urn:another" } } });
        BoxReading page = await bench.ReadAsync(bench.East, bench.Query() with { Limit = 2, FromIndex = 1 });

        Assert.That(none.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(none));
        Assert.That(none.Bundle.Writers.Single().Withheld, Is.EqualTo(Records));
        Assert.That(page.Bundle.Writers.Single().Records.Select(record => record.Leaf.Index), Is.EqualTo([1, 2]));
        Assert.That(page.Unfinished.Single().FromIndex, Is.EqualTo(3));
    }

    [Test]
    public async Task Each_id_that_is_asked_for_has_its_own_answer()
    {
        bench.Grant(bench.East);
        bench.Store(50);
        string[] ids = [.. new[] { 1, 2, 3, 50, 60 }.Select(Statements.Id).Order(StringComparer.Ordinal)];
        bench.Source.Change = static record => Number(record) switch
        {
            2 => null,
            3 => record with { Committed = Encoding.UTF8.GetBytes("{}") },
            _ => record,
        };
        BoxFilter filter = new();
        filter.Ids.AddRange(ids);

        BoxReading reading = await bench.ReadAsync(bench.East, bench.Query() with { Filter = filter });

        Assert.That(
            reading.Bundle.Asked.Select(static one => one.State),
            Is.EqualTo(new[]
            {
                AskedState.Returned, AskedState.Unavailable, AskedState.Tampered, AskedState.Pending,
                AskedState.Unknown,
            }));
        Assert.That(bench.Source.Asked, Is.EqualTo(3), "The store is asked for what is wanted alone.");
    }

    [Test]
    public async Task A_record_that_differs_is_named_with_both_values_and_withheld()
    {
        bench.Grant(bench.East);
        bench.Source.Change = static record => Number(record) == 3
            ? record with { Salt = new byte[32] }
            : record;

        BoxReading reading = await bench.ReadAsync(bench.East);

        WriterRecords writer = reading.Bundle.Writers.Single();
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Failed));
        Assert.That(Text(reading), Does.Contain("MISMATCH"));
        Assert.That(writer.Records, Has.Count.EqualTo(Records - 1));
        Assert.That(writer.Mismatches.Single().Computed, Is.Not.EqualTo(writer.Mismatches.Single().Committed));
    }

    [Test]
    public async Task A_record_outside_the_limits_is_as_unknown_as_none()
    {
        LimitsOpening opening = LimitsCommitment.Open(new GrantLimits { Activities = { "urn:another" } });
        bench.Grant(bench.East, limits: LimitsCommitment.Of(opening).ToArray());
        string[] ids = [Statements.Id(1), Statements.Id(60)];
        BoxFilter filter = new() { Ids = { ids } };

        BoxReading reading = await bench.ReadAsync(
            bench.East, bench.Query() with { Filter = filter, Openings = [opening] });

        Assert.That(
            reading.Bundle.Asked.Select(static one => one.State),
            Is.EqualTo(new[] { AskedState.Unknown, AskedState.Unknown }));
        Assert.That(reading.Bundle.Writers.Single().Withheld, Is.EqualTo(Records));
    }

    [Test]
    public async Task Of_a_missing_or_damaged_record_a_reader_with_limits_learns_no_more_than_of_one_outside_of_them()
    {
        LimitsOpening opening = LimitsCommitment.Open(
            new GrantLimits { Activities = { "https://lms.example.org/course/view.php?id=2" } });
        bench.Grant(bench.East, limits: LimitsCommitment.Of(opening).ToArray());
        bench.Source.Change = static record => Number(record) switch
        {
            2 => null,
            3 => record with { Salt = new byte[32] },
            _ => record,
        };
        BoxReading all = await bench.ReadAsync(bench.East, bench.Query() with { Openings = [opening] });
        BoxReading named = await bench.ReadAsync(
            bench.East,
            bench.Query() with
            {
                Openings = [opening], Filter = new BoxFilter { Ids = { Statements.Id(2), Statements.Id(3) } },
            });

        WriterRecords writer = all.Bundle.Writers.Single();
        Assert.That(all.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(all));
        Assert.That((writer.Records.Count, writer.Withheld), Is.EqualTo((Records - 2, 2ul)));
        Assert.That((writer.Unavailable.Count, writer.Mismatches.Count), Is.EqualTo((0, 0)));
        Assert.That(
            named.Bundle.Asked.Select(static one => one.State), Is.All.EqualTo(AskedState.Unknown));
    }

    [Test]
    public async Task Limits_that_cover_nothing_refuse_a_question_without_ids_and_answer_one_with_ids()
    {
        LimitsOpening opening = LimitsCommitment.Open(new GrantLimits { Activities = { "urn:another" } });
        bench.Grant(bench.East, limits: LimitsCommitment.Of(opening).ToArray());
        BoxQuery query = bench.Query() with { Openings = [opening] };

        Assert.That(await bench.RefusedAsync(bench.East, query), Is.EqualTo(BoxRefusals.NotCovered));
        BoxReading named = await bench.ReadAsync(
            bench.East, query with { Filter = new BoxFilter { Ids = { Statements.Id(1) } } });
        Assert.That(named.Bundle.Asked.Single().State, Is.EqualTo(AskedState.Unknown));
    }

    [Test]
    public async Task A_filter_by_time_goes_by_the_committed_time()
    {
        bench.Grant(bench.East);
        bench.Source.Change = static record => record with { Time = DateTimeOffset.UnixEpoch };
        long at = new DateTimeOffset(2019, 6, 3, 9, 15, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        BoxReading within = await bench.ReadAsync(
            bench.East, bench.Query() with { Filter = new BoxFilter { FromUnixMs = at, UntilUnixMs = at + 1 } });
        BoxReading after = await bench.ReadAsync(
            bench.East, bench.Query() with { Filter = new BoxFilter { FromUnixMs = at + 1 } });
        Assert.That(within.Bundle.Writers.Single().Records, Has.Count.EqualTo(Records));
        Assert.That(after.Bundle.Writers.Single().Records, Is.Empty);
    }

    [Test]
    public async Task A_box_without_a_record_proves_that_there_is_none()
    {
        using BoxBench empty = new(records: 0);
        empty.Grant(empty.East);
        BoxReading reading = await empty.ReadAsync(empty.East);
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That(reading.Bundle.Writers.Single().Range.Count, Is.Zero);
        Assert.That(empty.Source.Asked, Is.Zero);
    }

    [Test]
    public async Task A_request_is_not_answered_again_by_a_box_that_was_started_again()
    {
        bench.Grant(bench.East);
        BoxRequest request = bench.Reader(bench.East).Sign(bench.Query());
        Assert.That((await bench.Box.AnswerAsync(request, CancellationToken.None)).Answer, Is.Not.Null);
        bench.RestartBox();
        Assert.That(await bench.RefusedAsync(request), Is.EqualTo(BoxRefusals.JustStarted));
        bench.Wait(TimeSpan.FromSeconds(2));
        Assert.That((await bench.ReadAsync(bench.East)).Report.Verdict, Is.EqualTo(Verdict.Passed));
    }

    [Test]
    public async Task A_reader_that_asks_too_much_at_a_time_is_told_so_and_others_are_served()
    {
        bench.Grant(bench.East);
        bench.Grant(bench.South);
        TaskCompletionSource<bool> entered = new();
        bench.Enter = _ => entered.Task;
        Task<BoxReply>[] waiting = [.. Enumerable.Range(0, ReadPlaces.OfReaderMax).Select(_ =>
            bench.Box.AnswerAsync(bench.Reader(bench.East).Sign(bench.Query()), CancellationToken.None))];

        Assert.That(await bench.RefusedAsync(bench.East), Is.EqualTo(BoxRefusals.Busy));
        Task<BoxReply> other =
            bench.Box.AnswerAsync(bench.Reader(bench.South).Sign(bench.Query()), CancellationToken.None);
        entered.SetResult(true);
        Assert.That((await other).Answer, Is.Not.Null);
        Assert.That((await Task.WhenAll(waiting)).Select(static reply => reply.Refusal), Is.All.Null);
    }

    [Test]
    public async Task A_verb_that_is_not_open_refuses_the_whole()
    {
        bench.Grant(bench.East);
        BoxRefusal refusal = await bench.RefusedAsync(bench.East, bench.Query(BoxBench.Verb, "urn:never"));
        Assert.That(refusal, Is.EqualTo(BoxRefusals.NoRight));
        Assert.That(bench.Source.Asked, Is.Zero);
    }

    [Test]
    public async Task A_forged_changed_or_misdirected_request_is_refused_by_name()
    {
        bench.Grant(bench.East);
        BoxRequest request = bench.Reader(bench.East).Sign(bench.Query());
        BoxRequest changed = request.Clone();
        BoxRequestBody body = BoxRequestBody.Parser.ParseFrom(request.Body);
        body.Limit = 7;
        changed.Body = body.ToByteString();
        BoxRequest garbage = new() { Body = ByteString.CopyFromUtf8("no body"), Signature = request.Signature };
        BoxQuery elsewhere = new(bench.South.Address, bench.Learner.Address, BoxBench.Verb);

        Assert.That(await bench.RefusedAsync(changed), Is.EqualTo(BoxRefusals.WrongSignature));
        Assert.That((await bench.RefusedAsync(garbage)).Code, Is.EqualTo("MALFORMED"));
        Assert.That(
            await bench.RefusedAsync(bench.Reader(bench.East).Sign(elsewhere)), Is.EqualTo(BoxRefusals.AnotherBox));
        using SigningKey nobody = SigningKey.Create();
        Assert.That(await bench.RefusedAsync(nobody), Is.EqualTo(BoxRefusals.UnknownReader));
    }

    [Test]
    public async Task A_request_for_another_chain_is_signed_for_nothing_here()
    {
        bench.Grant(bench.East);
        using TestLedger other = new();
        Assert.That(TrustRoot.TryFromGenesis(other.GenesisBytes, out TrustRoot? elsewhere), Is.True);

        BoxRequest request = bench.Reader(bench.East, elsewhere).Sign(bench.Query());

        Assert.That(await bench.RefusedAsync(request), Is.EqualTo(BoxRefusals.WrongSignature));
    }

    [Test]
    public async Task A_request_is_answered_once_and_soon_or_never()
    {
        bench.Grant(bench.East);
        BoxRequest once = bench.Reader(bench.East).Sign(bench.Query());
        BoxRequest late = bench.Reader(bench.East).Sign(bench.Query());
        Assert.That((await bench.Box.AnswerAsync(once, CancellationToken.None)).Answer, Is.Not.Null);
        Assert.That(await bench.RefusedAsync(once), Is.EqualTo(BoxRefusals.Replayed));
        bench.Wait(TimeSpan.FromSeconds(61));
        Assert.That(await bench.RefusedAsync(late), Is.EqualTo(BoxRefusals.Replayed));
    }

    [Test]
    public async Task A_right_that_was_revoked_at_this_height_or_has_ended_by_now_is_none()
    {
        bench.Grant(bench.East);
        await bench.ReadAsync(bench.East);
        bench.Decide([bench.Learner], Operations.LlpcRevoke(bench.Learner.Address, BoxBench.Verb, 1));
        Assert.That(await bench.RefusedAsync(bench.East), Is.EqualTo(BoxRefusals.NoRight));

        long end = TestLedger.Time + 60_000;
        bench.Grant(bench.South, end);
        await bench.ReadAsync(bench.South);
        bench.Wait(TimeSpan.FromSeconds(61));
        Assert.That(await bench.RefusedAsync(bench.South), Is.EqualTo(BoxRefusals.NoRight), "No block closed it yet.");
    }

    [Test]
    public async Task A_right_that_is_revoked_while_the_trail_is_written_gives_nothing()
    {
        bench.Grant(bench.East);
        bench.Enter = _ =>
        {
            bench.Decide([bench.Learner], Operations.LlpcRevoke(bench.Learner.Address, BoxBench.Verb, 1));
            return Task.FromResult(true);
        };
        Assert.That(await bench.RefusedAsync(bench.East), Is.EqualTo(BoxRefusals.NoRight));
    }

    [Test]
    public async Task A_box_that_is_cut_off_or_cannot_write_the_trail_serves_nobody()
    {
        bench.Grant(bench.East);
        bench.Enter = static _ => Task.FromResult(false);
        Assert.That(await bench.RefusedAsync(bench.East), Is.EqualTo(BoxRefusals.NoTrail));
        bench.FreshHead = static () => Task.FromResult<LedgerHead?>(null);
        Assert.That(await bench.RefusedAsync(bench.East), Is.EqualTo(BoxRefusals.NotFresh));
    }

    [Test]
    public async Task The_head_of_the_fresh_read_decides_and_not_a_later_one()
    {
        LedgerHead before = bench.Chain.Head;
        bench.Grant(bench.East);
        bench.FreshHead = () => Task.FromResult<LedgerHead?>(before);
        Assert.That(await bench.RefusedAsync(bench.East), Is.EqualTo(BoxRefusals.NoRight));
    }

    private static int Number(KeptRecord record)
    {
        string text = Encoding.UTF8.GetString(record.Committed.Span);
        return Enumerable.Range(1, Records).Single(number => text.Contains(Statements.Id(number)));
    }

    private static string Text(BoxReading reading) => string.Join(
        '\n', reading.Report.Steps.Select(static step => $"{step.Verdict} {step.Name}: {step.Sentence}"));
}
