using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Protos;

namespace Ledger.Client.Tests.Boxes;

public sealed class BoxTokenTests
{
    [Test]
    public void A_token_gives_the_request_that_it_was_made_of()
    {
        BoxRequest request = new()
        {
            Body = ByteString.CopyFrom(1, 2, 255), Signature = ByteString.CopyFrom(new byte[64]),
        };
        Assert.That(BoxToken.TryParse(BoxToken.Of(request), out BoxRequest? read), Is.True);
        Assert.That(read, Is.EqualTo(request));
    }

    [TestCase("")]
    [TestCase("v1.")]
    [TestCase("v1.AAAA")]
    [TestCase("v2.AAAA.AAAA")]
    [TestCase("v1.AAAA.AAAA.AAAA")]
    [TestCase("v1.AAA=.AAAA")]
    [TestCase("v1.AB.AAAA", Description = "Bits that no byte holds.")]
    [TestCase("v1.AA AA.AAAA")]
    [TestCase("v1.AA+A.AAAA")]
    public void What_is_no_token_is_not_read(string text) =>
        Assert.That(BoxToken.TryParse(text, out BoxRequest? _), Is.False);
}
