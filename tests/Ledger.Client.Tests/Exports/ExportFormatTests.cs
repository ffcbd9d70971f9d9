using System.Text;
using Google.Protobuf;
using Ledger.Client.Exports;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Exports;

/// <summary>
/// The bytes of a file, and what is signed and chained in it. The values were computed from the rules alone, by a few
/// lines that know SHA-256 and nothing of the library.
/// </summary>
public sealed class ExportFormatTests
{
    private const string Begin =
        "6c6561726e65722d6578706f72742f310a0000007e0a7c08011220010101010101010101010101010101010101010101"
        + "01010101010101010101011a200202020202020202020202020202020202020202020202020202020202020202222002"
        + "020202020202020202020202020202020202020202020202020202020202022807321003030303030303030303030303"
        + "030303";

    private const string EndBody = "08011220d7c8f7bb49ef33e571ea182df288516e32b82c76f53297ac28489900b6c776a0";

    private static readonly Hash256 Chain = new(Enumerable.Repeat((byte)1, 32).ToArray());

    [Test]
    public void What_is_signed_and_chained_is_a_tagged_hash_of_its_own()
    {
        byte[] body = Encoding.UTF8.GetBytes("body");
        Assert.That(
            ExportMessages.WordDigest(Chain, body).ToString(),
            Is.EqualTo("4099e0c7bf0151aa19bf0134ea915e09d2c191b027c2ab123ace323ee6b3123c"));
        Assert.That(
            ExportMessages.EndDigest(Chain, body).ToString(),
            Is.EqualTo("32e1a90703a1925304db1601eb2db8687bd2c6eedd79fb0fa5e4d6f0f305e4bf"));
        Assert.That(
            ExportMessages.Link(Chain, body).ToString(),
            Is.EqualTo("6f9dc38990e7dd3aaf5d9983b0bb4e3564a05be91da198f2dee19cf1e4a88f83"));
    }

    [Test]
    public void A_file_has_these_bytes_and_is_read_as_it_was_written()
    {
        ByteString learner = ByteString.CopyFrom(Enumerable.Repeat((byte)2, 32).ToArray());
        ExportPart head = new()
        {
            Head = new ExportHead
            {
                Version = 1,
                ChainId = ByteString.CopyFrom(Chain.ToArray()),
                Learners = { learner },
                Maker = learner,
                MadeUnixMs = 7,
                Random = ByteString.CopyFrom(Enumerable.Repeat((byte)3, 16).ToArray()),
            },
        };
        using MemoryStream file = new();
        ExportWriter writer = new(file, Chain);
        writer.Write(head);
        Assert.That(Convert.ToHexStringLower(file.ToArray()), Is.EqualTo(Begin));

        byte[] signed = [];
        writer.End([], body => signed = body);
        Assert.That(Convert.ToHexStringLower(signed), Is.EqualTo(EndBody));
        ExportPart[] parts = [.. new ExportReader(new MemoryStream(file.ToArray()), Chain).Parts()];
        Assert.That(parts, Has.Length.EqualTo(2));
        Assert.That(parts[0], Is.EqualTo(head));
        Assert.That(parts[1].End.Body.ToByteArray(), Is.EqualTo(signed));
    }
}
