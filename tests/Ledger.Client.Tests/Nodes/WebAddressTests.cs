using Ledger.Client.Nodes;

namespace Ledger.Client.Tests.Nodes;

public sealed class WebAddressTests
{
    [TestCase("https://kyoto.example:7001")]
    [TestCase("HTTPS://[::1]:7001/path")]
    [TestCase("http://127.0.0.1:7101")]
    public void An_address_of_the_web_is_read(string text) =>
        Assert.That(WebAddress.TryParse(text, out Uri? address) && address.IsAbsoluteUri, Is.True);

    // The first is one at which the platform's reader throws.
    [TestCase("//\u202e")]
    [TestCase("/etc/passwd")]
    [TestCase("file:///etc/passwd")]
    [TestCase("https:kyoto.example")]
    [TestCase("https://")]
    [TestCase("")]
    [TestCase(null)]
    public void Anything_else_is_none(string? text) => Assert.That(WebAddress.TryParse(text, out _), Is.False);

    [Test]
    public void A_secure_one_is_of_https() =>
        Assert.That(WebAddress.TryParseSecure("http://127.0.0.1:7101", out _), Is.False);
}
