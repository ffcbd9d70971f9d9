using System.Text;
using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends.Sealed;

/// <summary>What is sealed is stored: its bytes are the golden ones, and are read back.</summary>
public sealed class RecordContentTests
{
    // Format, time, salt, then each text with its length, then what is committed; written down by hand.
    private const string Golden =
        "01" + "0000016b1cb8c9a0"
        + "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
        + "00000002" + "6964" + "00000007" + "68707c616e6e61" + "00000001" + "76" + "00000006" + "6d6f6f646c65"
        + "00000005" + "312e302e33" + "00000000" + "7b2261223a317d";

    private static readonly RecordContent Content = new(
        "id", "hp|anna", "v", DateTimeOffset.FromUnixTimeMilliseconds(0x16b1cb8c9a0), "moodle", "1.0.3", null,
        Enumerable.Range(0, 32).Select(static number => (byte)number).ToArray(), "{\"a\":1}"u8.ToArray());

    [Test]
    public void The_bytes_are_the_golden_ones_and_are_read_back()
    {
        Assert.That(Convert.ToHexStringLower(Content.ToBytes()), Is.EqualTo(Golden));
        RequireSame(RecordContent.Read(Content.ToBytes()), Content);
        RecordContent refused = Content with { RefusalCode = "NO", ActorKey = "hp|Öß学" };
        RequireSame(RecordContent.Read(refused.ToBytes()), refused);
    }

    [Test]
    public void A_name_and_the_head_of_a_document_are_read_back_whatever_stands_in_them()
    {
        SeenName name = new("hp|anna", "Anna\nLena");
        DocumentHead head = new("hp|anna", "https://a.org", "", "text/plain; charset=utf-8", "an\nid");
        Assert.That(NameContent.Read(NameContent.ToBytes(name)), Is.EqualTo(name));
        Assert.That(DocumentHead.Read(head.ToBytes()), Is.EqualTo(head));
        Assert.That(
            Encoding.UTF8.GetString(head.ToBytes()),
            Is.EqualTo("hp|anna\nhttps://a.org\n\ntext/plain; charset=utf-8\nan\nid"));
    }

    [Test]
    public void Rows_are_told_apart_by_the_golden_contexts()
    {
        byte[] id = [.. Enumerable.Repeat((byte)0xee, 16)];
        SearchKey one = new(1);
        SearchKey two = new(2);
        DocumentPlace place = new(DocumentKind.State, one, two, one, two);
        string[] contexts =
        [
            .. ((byte[][])[
                SealContexts.Record(RecordType.CaliperEvent, 3, id), SealContexts.Definition(one),
                SealContexts.Name(one, two), SealContexts.Attachment(one), SealContexts.AttachmentKey(one, two),
                SealContexts.DocumentHead(place), SealContexts.DocumentContent(place),
            ]).Select(Convert.ToHexStringLower),
        ];
        const string First = "00000000000000000000000000000001";
        const string Second = "00000000000000000000000000000002";
        Assert.That(contexts, Is.EqualTo(new[]
        {
            "01" + ((byte)RecordType.CaliperEvent).ToString("x2") + "0000000000000003" + new string('e', 32),
            "02" + First, "03" + First + Second, "04" + First, "05" + First + Second,
            "06" + First + Second + First + Second + "01", "07" + First + Second + First + Second + "01",
        }));
    }

    private static void RequireSame(RecordContent read, RecordContent written)
    {
        Assert.That(read with { Salt = default, Committed = default }, Is.EqualTo(
            written with { Salt = default, Committed = default }));
        Assert.That(read.Salt.ToArray(), Is.EqualTo(written.Salt.ToArray()));
        Assert.That(read.Committed.ToArray(), Is.EqualTo(written.Committed.ToArray()));
    }
}
