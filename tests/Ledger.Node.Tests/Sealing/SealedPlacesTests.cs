using System.Text;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Cohorts;
using Ledger.Node.Copies;
using Ledger.Node.Custody;
using Ledger.Node.Disclosures;
using Ledger.Node.Notices;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Node.Records.Import;
using Ledger.Node.Research;
using Ledger.Node.Sealing;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Sealing;

/// <summary>
/// Whatever holds content of a learner beside the record store: the files tell nothing while it is there, the node
/// reads it, and once it is erased an older copy of the file tells nothing to the node either.
/// </summary>
public sealed class SealedPlacesTests
{
    private const string Account = "https://lms.example.org|canary7f3a";
    private const string Verb = "http://adlnet.gov/expapi/verbs/canary7f3a";

    private static readonly byte[] Canary = Encoding.UTF8.GetBytes("canary7f3a");

    private static readonly CohortRequestBody Question = new() { Question = new CohortQuestion { Verb = "verb" } };

    private readonly Address learner = TestLedger.FixedKey(8).Address;
    private readonly Address writer = TestLedger.FixedKey(0).Address;
    private readonly ManualClock clock = new();

    private KeyFolder keyFolder = null!;
    private PersonKeys keys = null!;
    private string folder = null!;

    private LlpcName Llpc => new(learner, Verb);

    [SetUp]
    public void MakeFolder()
    {
        keyFolder = new KeyFolder();
        keys = keyFolder.Open();
        folder = Directory.CreateTempSubdirectory("places-test-").FullName;
    }

    [TearDown]
    public void RemoveFolder()
    {
        keys.Dispose();
        keyFolder.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Records_of_others_in_custody()
    {
        RecordLocator[] locators = [.. Enumerable.Range(0, 2).Select(static at => LocatorOf(at))];
        string copy;
        using (CustodyStore custody = new(In("custody"), keys))
        {
            custody.AddAll([Kept(0), Kept(1)]);
            RequireSilent(learner.ToArray());
            Assert.That(TextOf(custody, locators[0]), Does.Contain("canary7f3a"));
            Assert.That(custody.Count(RangeName.OfRecords(Llpc, writer).ToRawKey()), Is.EqualTo(2));
            copy = CopyOf("custody");

            custody.Erase([(writer, locators[0])]);
            Assert.That(TextOf(custody, locators[1]), Does.Contain("canary7f3a"), "the other lives on");
            custody.Erase([(writer, locators[1])]);
        }

        using CustodyStore older = new(copy, keys);
        Assert.That(locators.Select(one => TextOf(older, one)), Is.All.Null);
    }

    [Test]
    public void Copies_that_were_read_by_a_grant()
    {
        string copy;
        using (CopyStore copies = new(In("copies"), keys))
        {
            copies.Keep([CopyAt(0), CopyAt(1)], nowUnixMs: 1);
            RequireSilent(learner.ToArray());
            KeptCopy[] found = [.. copies.Find(learner, Verb, 0)];
            Assert.That(found.Select(static one => one.Record.Content.ToStringUtf8()), Is.All.Contains("canary7f3a"));
            Assert.That(found[0].Receipt, Is.EqualTo(Canary));
            Assert.That(copies.Groups().Single().Group.Llpc, Is.EqualTo(Llpc));
            KeyFolder.Change(
                In("copies"),
                "CREATE TABLE former AS SELECT place, name FROM copies; UPDATE copies SET name = zeroblob(80) "
                    + "WHERE place = (SELECT MAX(place) FROM copies)");
            Assert.That(copies.Groups().Single().Records, Is.EqualTo(2), "a damaged name hides no group");
            KeyFolder.Change(
                In("copies"),
                "UPDATE copies SET name = (SELECT name FROM former f WHERE f.place = copies.place); DROP TABLE former");
            copy = CopyOf("copies");

            Assert.That(copies.Drop(learner, nowUnixMs: 2), Is.EqualTo(2));
            Assert.That(copies.Journal(10).Select(static one => one.Llpc), Is.All.EqualTo(Llpc), "the journal stays");
            copies.Keep([CopyAt(0)], nowUnixMs: 3);
            Assert.That(copies.Find(learner, null, 0), Has.Count.EqualTo(1), "another right, another key");
        }

        using CopyStore older = new(copy, keys);
        Assert.That(older.Find(learner, null, 0), Is.Empty);
        Assert.That(older.Groups(), Is.Empty);
        Assert.That(older.Keep([CopyAt(0), CopyAt(1)], nowUnixMs: 4), Is.Zero);
        Assert.That(older.Find(learner, null, 0), Has.Count.EqualTo(2), "what is read again is read");
    }

    [Test]
    public void Records_that_links_could_not_move()
    {
        RefusedRecord record = new("id-canary7f3a", "/verb", "required", "No verb.", Canary);
        string copy;
        using (LinkJournal links = new(In("links"), keys, clock))
        {
            links.Refuse("campus", record);
            links.Refuse("campus", record);
            links.Refuse("campus", record with { Id = "id-other", Content = "{}"u8.ToArray() });
            RequireSilent();
            Assert.That(links.Refused("campus", 0, 10).Select(static one => one.Record.Id), Is.EqualTo(
                new[] { "id-other", "id-canary7f3a" }));
            Assert.That(links.Refused("campus", 0, 10)[1].Record.Content.ToArray(), Is.EqualTo(Canary));
            copy = CopyOf("links");
            Assert.That(links.Erase((id, _) => id == "id-canary7f3a"), Is.EqualTo(1));
        }

        using LinkJournal older = new(copy, keys, clock);
        Assert.That(older.Refused("campus", 0, 10).Single().Record.Id, Is.EqualTo("id-other"));
    }

    [Test]
    public void Who_is_in_a_class()
    {
        RosterClass algebra = new(
            "c1", "Algebra", "", [new RosterMember("student", [Account]), new RosterMember("teacher", ["other"])]);
        string copy;
        using (RosterBook roster = new(In("classes"), keys))
        {
            roster.Keep([algebra, algebra with { Id = "c2", Members = [new RosterMember("student", ["third"])] }]);
            RequireSilent();
            Assert.That(roster.Accounts(), Is.EquivalentTo(new[] { Account, "other", "third" }));
            copy = CopyOf("classes");

            Assert.That(roster.EraseAccount(Account), Is.EqualTo(1));
            Assert.That(roster.Accounts(), Is.EquivalentTo(new[] { "other", "third" }));
            Assert.That(roster.After("", 10)[0].Members.Single().Role, Is.EqualTo("teacher"));
            Assert.That(roster.Keep([algebra]).Changed, Is.EqualTo(1), "who is in the next roster is there again");
        }

        using RosterBook older = new(copy, keys);
        Assert.That(older.Accounts(), Is.EqualTo(new[] { "third" }));
    }

    [Test]
    public void Where_learners_are_told()
    {
        using EncryptionKey former = EncryptionKey.Create();
        string copy;
        using (NoticeBook notices = new(In("notices"), keys, former))
        {
            notices.Set(learner, new NoticeAddressPair("", "canary7f3a@example.org", clock.Now));
            RequireSilent();
            Assert.That(notices.Find(learner)!.Mail, Is.EqualTo("canary7f3a@example.org"));
            copy = CopyOf("notices");
        }

        keys.Erase([PersonKeys.Learner(learner)]);
        using NoticeBook older = new(copy, keys, former);
        Assert.That(older.Find(learner), Is.Null);
    }

    [Test]
    public void What_learners_share_by_links()
    {
        Hash256 id = new(Enumerable.Repeat((byte)9, Hash256.Size).ToArray());
        string copy;
        using (DisclosureShelf shelf = new(In("disclosures"), keys, clock))
        {
            shelf.TryShare(learner, id, endsUnixMs: 0, "For canary7f3a", Canary);
            RequireSilent();
            Assert.That(shelf.Find(learner, id)!.File, Is.EqualTo(Canary));
            Assert.That(shelf.List(learner).Single().Words, Is.EqualTo("For canary7f3a"));
            copy = CopyOf("disclosures");
            keys.Erase([PersonKeys.Learner(learner)]);
            Assert.That(shelf.Find(learner, id)!.State, Is.EqualTo(SharedState.Withdrawn));
            for (byte other = 0; other < DisclosureShelf.SharedMax; other++)
            {
                Hash256 another = new(Enumerable.Repeat((byte)(10 + other), Hash256.Size).ToArray());
                Assert.That(shelf.TryShare(learner, another, 0, "For others", Canary), "what went takes no room");
            }
        }

        using DisclosureShelf older = new(copy, keys, clock);
        Assert.That(older.Find(learner, id)!.File, Is.Null);
        Assert.That(older.Find(learner, id)!.State, Is.EqualTo(SharedState.Withdrawn));
    }

    [Test]
    public void What_was_told_about_cohorts_and_for_research_names_nobody()
    {
        Dictionary<Address, ulong> parts = Enumerable.Range(8, 10)
            .ToDictionary(static number => TestLedger.FixedKey(number).Address, static _ => 3UL);
        using (CohortMemory cohorts = new(In("cohorts"), keys))
        {
            Assert.That(cohorts.Judge(Question, parts, learnersMin: 5, nowUnixMs: 1), Is.Null);
        }

        using ResearchMemory research = new(In("research"), keys);
        byte[] key = research.KeyOf("project");
        RequireSilent(learner.ToArray(), key);
        using CohortMemory again = new(In("cohorts"), keys);
        Assert.That(again.Answers, Is.EqualTo(1));
        parts.Remove(learner);
        Assert.That(
            again.Judge(Question, parts, learnersMin: 5, nowUnixMs: 2)!.Code,
            Is.EqualTo("DIFFERS_BY_FEW"), "what it remembers still compares");
        Assert.That(research.KeyOf("project"), Is.EqualTo(key));
    }

    private static RecordLocator LocatorOf(int at) => new(1, HashedId.Read([.. Enumerable.Repeat((byte)(at + 1), 16)]));

    private static string? TextOf(CustodyStore custody, RecordLocator locator) =>
        custody.Find(TestLedger.FixedKey(0).Address, locator.KeyVersion, locator.Id) is { } kept
            ? Encoding.UTF8.GetString(kept.Committed.Span)
            : null;

    private static RecordLeaf LeafAt(int at) => new()
    {
        Index = (ulong)at,
        Locator = new Locator { KeyVersion = 1, HashedId = ByteString.CopyFrom(LocatorOf(at).Id.ToArray()) },
    };

    private VerifiedCopy Kept(int at) => new(
        RangeName.OfRecords(Llpc, writer), LeafAt(at),
        new KeptRecord(RecordType.XapiStatement, clock.Now, Canary, new byte[32]));

    private KeptCopy CopyAt(int at) => new(
        new CopyGroupName(Llpc, writer, 1), 0, writer, 1,
        new ReleasedRecord { Leaf = LeafAt(at), Content = ByteString.CopyFrom(Canary) }, Canary);

    private string In(string name) => Path.Combine(folder, name + ".sqlite");

    private string CopyOf(string name)
    {
        string copy = Directory.CreateDirectory(Path.Combine(folder, "older")).FullName;
        foreach (string suffix in new[] { "", "-wal" }.Where(suffix => File.Exists(In(name) + suffix)))
        {
            File.Copy(In(name) + suffix, Path.Combine(copy, name + ".sqlite" + suffix));
        }

        return Path.Combine(copy, name + ".sqlite");
    }

    private void RequireSilent(params byte[][] secrets)
    {
        foreach (byte[] secret in secrets.Append(Canary))
        {
            Assert.That(KeyFolder.HoldsIn(folder, secret), Is.False, Encoding.Latin1.GetString(secret));
        }
    }
}
