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
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Sealing;

/// <summary>
/// Whatever holds content of a learner beside the record store: the files tell nothing while it is there, the node
/// reads it, and once it is erased an older copy of the file tells nothing to the node either.
/// </summary>
public sealed class SealedPlacesTests : PlacesFixture
{
    [Test]
    public void Records_of_others_in_custody()
    {
        RecordLocator[] locators = [.. Enumerable.Range(0, 2).Select(static at => LocatorOf(at))];
        string copy;
        using (CustodyStore custody = new(In("custody"), Keys))
        {
            custody.AddAll([Kept(0), Kept(1)]);
            RequireSilent(Learner.ToArray());
            Assert.That(TextOf(custody, locators[0]), Does.Contain("canary7f3a"));
            Assert.That(custody.Count(RangeName.OfRecords(Llpc, Writer).ToRawKey()), Is.EqualTo(2));
            copy = CopyOf("custody");

            custody.Erase([(Writer, locators[0])]);
            Assert.That(TextOf(custody, locators[1]), Does.Contain("canary7f3a"), "the other lives on");
            custody.Erase([(Writer, locators[1])]);
        }

        using CustodyStore older = new(copy, Keys);
        Assert.That(locators.Select(one => TextOf(older, one)), Is.All.Null);
    }

    [Test]
    public void Copies_that_were_read_by_a_grant()
    {
        string copy;
        using (CopyStore copies = new(In("copies"), Keys))
        {
            copies.Keep([CopyAt(0), CopyAt(1)], nowUnixMs: 1);
            RequireSilent(Learner.ToArray());
            KeptCopy[] found = [.. copies.Find(Learner, Verb, 0)];
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

            Assert.That(copies.Drop(Learner, nowUnixMs: 2), Is.EqualTo(2));
            Assert.That(copies.Journal(10).Select(static one => one.Llpc), Is.All.EqualTo(Llpc), "the journal stays");
            copies.Keep([CopyAt(0)], nowUnixMs: 3);
            Assert.That(copies.Find(Learner, null, 0), Has.Count.EqualTo(1), "another right, another key");
        }

        using CopyStore older = new(copy, Keys);
        Assert.That(older.Find(Learner, null, 0), Is.Empty);
        Assert.That(older.Groups(), Is.Empty);
        Assert.That(older.Keep([CopyAt(0), CopyAt(1)], nowUnixMs: 4), Is.Zero);
        Assert.That(older.Find(Learner, null, 0), Has.Count.EqualTo(2), "what is read again is read");
    }

    [Test]
    public void Records_that_links_could_not_move()
    {
        RefusedRecord record = new("id-canary7f3a", "/verb", "required", "No verb.", Canary);
        string copy;
        using (LinkJournal links = new(In("links"), Keys, Clock))
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

        using LinkJournal older = new(copy, Keys, Clock);
        Assert.That(older.Refused("campus", 0, 10).Single().Record.Id, Is.EqualTo("id-other"));
    }

    [Test]
    public void Who_is_in_a_class()
    {
        RosterClass algebra = new(
            "c1", "Algebra", "", [new RosterMember("student", [Account]), new RosterMember("teacher", ["other"])]);
        string copy;
        using (RosterBook roster = new(In("classes"), Keys))
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

        using RosterBook older = new(copy, Keys);
        Assert.That(older.Accounts(), Is.EqualTo(new[] { "third" }));
    }

    [Test]
    public void Where_learners_are_told()
    {
        using EncryptionKey former = EncryptionKey.Create();
        string copy;
        using (NoticeBook notices = new(In("notices"), Keys, former))
        {
            notices.Set(Learner, new NoticeAddressPair("", "canary7f3a@example.org", Clock.Now));
            RequireSilent();
            Assert.That(notices.Find(Learner)!.Mail, Is.EqualTo("canary7f3a@example.org"));
            copy = CopyOf("notices");
        }

        Keys.Erase([PersonKeys.Learner(Learner)]);
        using NoticeBook older = new(copy, Keys, former);
        Assert.That(older.Find(Learner), Is.Null);
    }

    [Test]
    public void What_learners_share_by_links()
    {
        Hash256 id = new(Enumerable.Repeat((byte)9, Hash256.Size).ToArray());
        string copy;
        using (DisclosureShelf shelf = new(In("disclosures"), Keys, Clock))
        {
            shelf.TryShare(Learner, id, endsUnixMs: 0, "For canary7f3a", Canary);
            RequireSilent();
            Assert.That(shelf.Find(Learner, id)!.File, Is.EqualTo(Canary));
            Assert.That(shelf.List(Learner).Single().Words, Is.EqualTo("For canary7f3a"));
            copy = CopyOf("disclosures");
            Keys.Erase([PersonKeys.Learner(Learner)]);
            Assert.That(shelf.Find(Learner, id)!.State, Is.EqualTo(SharedState.Withdrawn));
            for (byte other = 0; other < DisclosureShelf.SharedMax; other++)
            {
                Hash256 another = new(Enumerable.Repeat((byte)(10 + other), Hash256.Size).ToArray());
                Assert.That(shelf.TryShare(Learner, another, 0, "For others", Canary), "what went takes no room");
            }
        }

        using DisclosureShelf older = new(copy, Keys, Clock);
        Assert.That(older.Find(Learner, id)!.File, Is.Null);
        Assert.That(older.Find(Learner, id)!.State, Is.EqualTo(SharedState.Withdrawn));
    }

    [Test]
    public void What_was_told_about_cohorts_and_for_research_names_nobody()
    {
        Dictionary<Address, ulong> parts = Enumerable.Range(8, 10)
            .ToDictionary(static number => TestLedger.FixedKey(number).Address, static _ => 3UL);
        using (CohortMemory cohorts = new(In("cohorts"), Keys))
        {
            Assert.That(cohorts.Judge(Question, parts, learnersMin: 5, nowUnixMs: 1), Is.Null);
        }

        using ResearchMemory research = new(In("research"), Keys);
        byte[] key = research.KeyOf("project");
        RequireSilent(Learner.ToArray(), key);
        using CohortMemory again = new(In("cohorts"), Keys);
        Assert.That(again.Answers, Is.EqualTo(1));
        parts.Remove(Learner);
        Assert.That(
            again.Judge(Question, parts, learnersMin: 5, nowUnixMs: 2)!.Code,
            Is.EqualTo("DIFFERS_BY_FEW"), "what it remembers still compares");
        Assert.That(research.KeyOf("project"), Is.EqualTo(key));
    }

    private static RecordLocator LocatorOf(int at) => new(1, HashedId.Read([.. Enumerable.Repeat((byte)(at + 1), 16)]));

    private static string? TextOf(CustodyStore custody, RecordLocator locator) =>
        custody.Find(Writer, locator.KeyVersion, locator.Id) is { } kept
            ? Encoding.UTF8.GetString(kept.Committed.Span)
            : null;

    private static RecordLeaf LeafAt(int at) => new()
    {
        Index = (ulong)at,
        Locator = new Locator { KeyVersion = 1, HashedId = ByteString.CopyFrom(LocatorOf(at).Id.ToArray()) },
    };

    private VerifiedCopy Kept(int at) => new(
        RangeName.OfRecords(Llpc, Writer), LeafAt(at),
        new KeptRecord(RecordType.XapiStatement, Clock.Now, Canary, new byte[32]));

    private KeptCopy CopyAt(int at) => new(
        new CopyGroupName(Llpc, Writer, 1), 0, Writer, 1,
        new ReleasedRecord { Leaf = LeafAt(at), Content = ByteString.CopyFrom(Canary) }, Canary);

    private string In(string name) => Path.Combine(Folder, name + ".sqlite");

    private string CopyOf(string name)
    {
        string copy = Directory.CreateDirectory(Path.Combine(Folder, "older")).FullName;
        foreach (string suffix in new[] { "", "-wal" }.Where(suffix => File.Exists(In(name) + suffix)))
        {
            File.Copy(In(name) + suffix, Path.Combine(copy, name + ".sqlite" + suffix));
        }

        return Path.Combine(copy, name + ".sqlite");
    }
}
