using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Ledger.Client.Disclosures;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Disclosures;

/// <summary>A learner shows some of its records to somebody without an account, and nothing of the rest.</summary>
public sealed class DisclosureTests
{
    private const string Success = "/result/success";

    [Test]
    public void Two_members_of_one_record_are_proved_and_no_other_is_in_the_file()
    {
        using DisclosureBench bench = new(records: 3, successes: 2);
        DisclosureChoice choice = DisclosureBench.Show("/object", Success) with
        {
            Ids = new HashSet<string> { DisclosureBench.IdOf(1) },
        };
        byte[] file = bench.Sign(bench.Draft(choice)).ToByteArray();
        VerificationReport report = ProofVerifier.Verify(file, bench.Chain.Trust);

        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), DisclosureBench.Text(report));
        IReadOnlyList<ShownMember> shown = ShownMembers.Of(report.Disclosure!);
        Assert.That(
            shown.Select(static one => (one.Pointer, one.Value)),
            Is.EquivalentTo(new[] { ("/object", "{\"id\":\"http://b.example/task/1\"}"), (Success, "true") }));
        Assert.That(shown[0].Indexes, Is.EqualTo(new[] { 1ul }));
        string text = Encoding.Latin1.GetString(file);
        Assert.That(text, Does.Not.Contain("alice").And.Not.Contain("answer").And.Not.Contain(DisclosureBench.IdOf(1)));
        Assert.That(
            file.AsSpan().IndexOf(bench.Bundle.Writers.Single().Records[1].Salt.Span), Is.Negative,
            "The record's salt opens every member.");
    }

    [Test]
    public void Thirty_two_of_forty_records_are_proved_to_be_successes_and_no_other_member_of_them_is_shown()
    {
        using DisclosureBench bench = new(records: 40, successes: 32);
        VerificationReport report = bench.Shown(DisclosureBench.Where(Success, "true"));

        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), DisclosureBench.Text(report));
        ShownMember only = ShownMembers.Of(report.Disclosure!).Single();
        Assert.That(
            (only.Pointer, only.Value, only.Indexes.Count, only.Counted), Is.EqualTo((Success, "true", 32, 40ul)));
        Assert.That(
            ShownMembers.ActivitiesOf(report.Disclosure!.Ranges.Single()), Is.Null,
            "Records whose objects are not shown are no count of tasks.");
        Assert.That(DisclosureBench.Text(report), Does.Contain("of the other records it says nothing"));
    }

    [Test]
    public void Tasks_are_counted_by_their_objects_and_not_by_records()
    {
        using DisclosureBench bench = new(records: 4, successes: 4);
        string repeated = DisclosureBench.Statement(1, success: true).Replace(
            DisclosureBench.IdOf(1), DisclosureBench.IdOf(9), StringComparison.Ordinal);
        using SmallChain chain = new();
        chain.AnchorStatements([.. bench.Statements, repeated]);
        IReadOnlyList<DisclosedRange> ranges = DisclosureMaker.Choose(
            chain.Bundle([.. bench.Statements, repeated]), DisclosureBench.Where(Success, "true", "/object"));

        Assert.That(ranges.Single().Records, Has.Count.EqualTo(5));
        Assert.That(ShownMembers.ActivitiesOf(ranges.Single()), Is.EqualTo(4));
    }

    [Test]
    public void The_counts_of_the_ledger_are_shown_without_any_record()
    {
        using DisclosureBench bench = new(records: 40, successes: 0);
        VerificationReport report = bench.Shown(DisclosureChoice.Counts);

        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), DisclosureBench.Text(report));
        DisclosedRange range = report.Disclosure!.Ranges.Single();
        Assert.That((range.Range.Count, range.Records.Count), Is.EqualTo((40ul, 0)));
        Assert.That(report.RecordsVerified, Is.Zero);
    }

    [Test]
    public void A_whole_record_is_shown_by_all_of_its_slots_and_gives_no_salt_of_another()
    {
        using DisclosureBench bench = new(records: 2, successes: 1);
        DisclosureChoice choice = DisclosureBench.Show() with
        {
            IsWhole = true, Ids = new HashSet<string> { DisclosureBench.IdOf(0) },
        };
        VerificationReport report = bench.Shown(choice);

        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), DisclosureBench.Text(report));
        Assert.That(
            report.Disclosure!.Ranges.Single().Records.Single().Slots.Select(static slot => slot.Pointer),
            Is.EquivalentTo(RecordCommitment.SlotPointers(RecordType.XapiStatement)));
    }

    // Whoever has the file tries every value that a hidden member is likely to have, with every 32 bytes of the file as
    // its salt, and as a keyed hash of the pointer under each of them.
    [Test]
    public void Hidden_members_of_few_possible_values_are_not_found_by_trying_them_all()
    {
        using DisclosureBench bench = new(records: 3, successes: 2);
        DisclosureBody body = bench.Draft(DisclosureBench.Show("/verb"));
        byte[] file = bench.Sign(body).ToByteArray();
        string[] hidden = [Success, "/result/completion", "/result/response", "/result/score/raw", "/result/score/min"];
        byte[][] guesses =
        [
            .. new[] { "true", "false", "null", "{}" }
                .Concat(Enumerable.Range(0, 101).Select(static number => FormattableString.Invariant($"{number}")))
                .Concat(Enumerable.Range(0, 10).Select(static number => $"\"answer {number}\""))
                .Select(Encoding.UTF8.GetBytes),
        ];
        HashSet<Hash256> seen =
            [.. Enumerable.Range(0, file.Length - 31).Select(at => new Hash256(file.AsSpan(at, 32)))];
        byte[][] salts =
        [
            .. body.Ranges.Single().Records.SelectMany(static record => record.Slots
                .SelectMany(static slot => slot.Path.Append(slot.Salt))
                .Append(record.Leaf.Commitment))
                .Select(static bytes => bytes.ToByteArray())
                .Append(body.Random.ToByteArray()),
        ];
        int tried = 0;
        foreach (byte[] salt in salts.Concat(salts.SelectMany(salt => hidden.Select(pointer =>
            HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(pointer))))))
        {
            foreach (string pointer in hidden)
            {
                Assert.That(seen, Does.Not.Contain(TaggedHash.Of(Tags.SlotPad, salt)), pointer);
                foreach (byte[] guess in guesses)
                {
                    tried++;
                    if (seen.Contains(LeafOf(salt, pointer, guess)))
                    {
                        Assert.Fail($"{pointer} was found to be {Encoding.UTF8.GetString(guess)}");
                    }
                }
            }
        }

        Assert.That(tried, Is.GreaterThan(10_000));
    }

    private static Hash256 LeafOf(byte[] salt, string pointer, byte[] value)
    {
        HashBuilder leaf = new(Tags.SlotLeaf, stackalloc byte[HashBuilder.ScratchBytes]);
        leaf.Add(salt);
        leaf.Add(Encoding.UTF8.GetBytes(pointer));
        leaf.Add(value);
        return leaf.Finish();
    }

    // Records that differ in hidden members alone give files of one form: nothing of them but hashes and salts differs.
    [Test]
    public void Files_of_records_with_and_without_a_hidden_member_have_the_same_form()
    {
        using DisclosureBench bench = new(records: 1, successes: 1);
        using SmallChain bare = new();
        string statement = bench.Statements[0];
        string without = statement.Remove(
            statement.IndexOf("\"result\"", StringComparison.Ordinal),
            statement.IndexOf("\"timestamp\"", StringComparison.Ordinal)
                - statement.IndexOf("\"result\"", StringComparison.Ordinal));
        bare.AnchorStatements(without);
        DisclosureChoice choice = DisclosureBench.Show("/verb", "/object");
        DisclosedRange rich = DisclosureMaker.Choose(bench.Bundle, choice).Single();
        DisclosedRange poor = DisclosureMaker.Choose(bare.Bundle(without), choice).Single();

        Assert.That(poor.CalculateSize(), Is.EqualTo(rich.CalculateSize()));
        Assert.That(
            poor.Records.Single().Slots.Select(static slot => slot.Path.Count),
            Is.EqualTo(rich.Records.Single().Slots.Select(static slot => slot.Path.Count)));
    }

    [Test]
    public void The_showing_ends_at_its_time_and_the_text_says_that_the_records_do_not()
    {
        using DisclosureBench bench = new(records: 1, successes: 1);
        ProofFile file = bench.Sign(bench.Draft(DisclosureBench.Show("/verb")));
        VerificationReport before = bench.Verify(file);
        VerificationReport after = bench.Verify(file);

        DisclosureValidity.JudgeEnd(before, DisclosureBench.End.AddMilliseconds(-1));
        DisclosureValidity.JudgeEnd(after, DisclosureBench.End);

        Assert.That(before.Verdict, Is.EqualTo(Verdict.Passed));
        Assert.That(
            before.Steps[^1].Sentence, Does.Contain("until 2026-05-31T12:00:00Z").And.Contain("records do not"));
        Assert.That(after.Verdict, Is.EqualTo(Verdict.Failed));
        Assert.That(after.Steps[^1].Sentence, Does.Contain("showing has ended").And.Contain("records have not"));
    }

    [TestCase(SharedState.Withdrawn, Verdict.Failed)]
    [TestCase(SharedState.Shared, Verdict.Passed)]
    [TestCase(SharedState.Unknown, Verdict.Passed)]
    [TestCase(SharedState.Ended, Verdict.Passed)]
    [TestCase(SharedState.Unspecified, Verdict.Unknown)]
    [TestCase(null, Verdict.Unknown)]
    public void What_the_node_says_of_it_is_a_step_of_its_own(SharedState? state, Verdict verdict)
    {
        using DisclosureBench bench = new(records: 1, successes: 1);
        VerificationReport report = bench.Shown(DisclosureBench.Show("/verb"));
        DisclosureValidity.JudgeStanding(
            report,
            state is { } said ? new DisclosureStanding { State = said, SinceUnixMs = 1_790_000_000_000 } : null);
        Assert.That(report.Verdict, Is.EqualTo(verdict));
    }

    [Test]
    public void What_is_no_disclosure_cannot_be_made()
    {
        using DisclosureBench bench = new(records: 2, successes: 1);
        Assert.Multiple(() =>
        {
            Refused("64", DisclosureBench.Where(Success, "\"no such value\""));
            Refused(
                "no record", DisclosureBench.Show("/verb") with { Ids = new HashSet<string> { "another" } });
            Refused("no slot", DisclosureBench.Show("/actor/mbox"));
            Refused("end", DisclosureChoice.Counts, DisclosureBench.Now);
            Refused("ten years", DisclosureChoice.Counts, DisclosureBench.Now.AddYears(11));
            Refused("512 bytes", DisclosureChoice.Counts, words: new string('x', 513));
            Refused("control", DisclosureChoice.Counts, words: "two\nlines");
            Refused("no address", DisclosureChoice.Counts, node: "somewhere");
        });

        void Refused(
            string why, DisclosureChoice choice, DateTimeOffset? end = null, string words = "", string node = "")
        {
            DisclosureTerms terms = new(end ?? DisclosureBench.End, words, node);
            Assert.That(
                Assert.Throws<FormatException>(() => DisclosureMaker.Draft(
                    bench.Chain.ChainId, bench.Bundle, choice, terms, DisclosureBench.Now))!.Message,
                Does.Contain(why));
        }
    }

    [Test]
    public void A_link_is_read_as_it_was_written_and_anything_else_is_refused()
    {
        using DisclosureBench bench = new(records: 1, successes: 1);
        string id = new('a', 64);
        string learner = bench.Chain.Learner.Address.ToString();
        string link = $"https://school.example:7443/disclosures/{learner}/{id}#sha256={new string('b', 64)}";
        Assert.That(DisclosureLink.TryParse(link, out DisclosureLink? read, out _), Is.True);
        Assert.That(read!.ToString(), Is.EqualTo(link));
        foreach (string other in new[]
        {
            "", "no link", link.Replace("https", "http", StringComparison.Ordinal),
            link.Replace("disclosures", "other", StringComparison.Ordinal), link[..^10],
            $"https://school.example:7443/disclosures/{id}#sha256={id}",
            link.Replace("#", "?x=1#", StringComparison.Ordinal),
        })
        {
            Assert.That(DisclosureLink.TryParse(other, out _, out string problem), Is.False, other);
            Assert.That(problem, Is.Not.Empty, other);
        }
    }
}
