using System.Globalization;
using System.Text;
using Ledger.Client.Records;

namespace Ledger.Client.Tests.Records;

public sealed class CanonicalJsonTests
{
    /// <summary>The table of RFC 8785, appendix B.</summary>
    [TestCase(0x0000000000000000UL, "0")]
    [TestCase(0x8000000000000000UL, "0")]
    [TestCase(0x0000000000000001UL, "5e-324")]
    [TestCase(0x8000000000000001UL, "-5e-324")]
    [TestCase(0x7fefffffffffffffUL, "1.7976931348623157e+308")]
    [TestCase(0xffefffffffffffffUL, "-1.7976931348623157e+308")]
    [TestCase(0x4340000000000000UL, "9007199254740992")]
    [TestCase(0xc340000000000000UL, "-9007199254740992")]
    [TestCase(0x4430000000000000UL, "295147905179352830000")]
    [TestCase(0x44b52d02c7e14af5UL, "9.999999999999997e+22")]
    [TestCase(0x44b52d02c7e14af6UL, "1e+23")]
    [TestCase(0x44b52d02c7e14af7UL, "1.0000000000000001e+23")]
    [TestCase(0x444b1ae4d6e2ef4eUL, "999999999999999700000")]
    [TestCase(0x444b1ae4d6e2ef4fUL, "999999999999999900000")]
    [TestCase(0x444b1ae4d6e2ef50UL, "1e+21")]
    [TestCase(0x3eb0c6f7a0b5ed8cUL, "9.999999999999997e-7")]
    [TestCase(0x3eb0c6f7a0b5ed8dUL, "0.000001")]
    [TestCase(0x41b3de4355555553UL, "333333333.3333332")]
    [TestCase(0x41b3de4355555554UL, "333333333.33333325")]
    [TestCase(0x41b3de4355555555UL, "333333333.3333333")]
    [TestCase(0x41b3de4355555556UL, "333333333.3333334")]
    [TestCase(0x41b3de4355555557UL, "333333333.33333343")]
    [TestCase(0xbecbf647612f3696UL, "-0.0000033333333333333333")]
    [TestCase(0x43143ff3c1cb0959UL, "1424953923781206.2")]
    public void ShortestDoublesAreWrittenAsEcmaScriptWritesThem(ulong bits, string expected)
    {
        string shortest = BitConverter.UInt64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture);
        Assert.That(Canonical(shortest), Is.EqualTo(expected));
    }

    [TestCase("1", "1")]
    [TestCase("1.0", "1")]
    [TestCase("1e0", "1")]
    [TestCase("10E-1", "1")]
    [TestCase("-0.0", "0")]
    [TestCase("0e9999", "0")]
    [TestCase("0.1000000000000000055", "0.1000000000000000055")]
    [TestCase("0.10", "0.1")]
    [TestCase("9007199254740993", "9007199254740993")]
    [TestCase("123456789012345678901", "123456789012345678901")]
    [TestCase("1234567890123456789012", "1.234567890123456789012e+21")]
    [TestCase("1e400", "1e+400")]
    [TestCase("0.0000012", "0.0000012")]
    [TestCase("0.00000012", "1.2e-7")]
    public void OneValueHasOneTextAndKeepsAllItsDigits(string number, string expected) =>
        Assert.That(Canonical(number), Is.EqualTo(expected));

    [Test]
    public void ANumberThatIsTakenCanBeReadAgainAsItIsKept()
    {
        string longest = new('2', JsonLimits.NumberCharactersMax - 8);
        Assert.Multiple(() =>
        {
            Assert.That(Canonical(Canonical(longest)), Is.EqualTo(Canonical(longest)));
            Assert.That(Refusal(Encoding.UTF8.GetBytes(longest + "2")).Rule, Is.EqualTo("json.number"));
        });
    }

    [Test]
    public void MembersAreSortedByUtf16CodeUnits()
    {
        const string sample = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;
        string[] expected =
        [
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
            "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
        ];
        List<string> found = [];
        foreach (JsonCursor member in JsonTree.Parse(Encoding.UTF8.GetBytes(sample)).Root)
        {
            found.Add(member.Text);
        }

        Assert.That(found, Is.EqualTo(expected));
    }

    [Test]
    public void StringsCarryOnlyTheEscapesTheyNeed()
    {
        const string sample =
            """{ "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }""";
        const string expected = """{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}""";
        Assert.That(Canonical(sample), Is.EqualTo(expected));
    }

    [TestCase("", "json.syntax", "")]
    [TestCase("{", "json.syntax", "")]
    [TestCase("{\"a\":1,}", "json.syntax", "")]
    [TestCase("[1,]", "json.syntax", "/1")]
    [TestCase("{a:1}", "json.syntax", "")]
    [TestCase("{\"a\":01}", "json.syntax", "/a")]
    [TestCase("[1.]", "json.syntax", "/0")]
    [TestCase("[.5]", "json.syntax", "/0")]
    [TestCase("[1e]", "json.syntax", "/0")]
    [TestCase("[1e+]", "json.syntax", "/0")]
    [TestCase("[+1]", "json.syntax", "/0")]
    [TestCase("[NaN]", "json.syntax", "/0")]
    [TestCase("[tru]", "json.syntax", "/0")]
    [TestCase("[\"\\x\"]", "json.syntax", "/0")]
    [TestCase("[\"\\u12g4\"]", "json.syntax", "/0")]
    [TestCase("[\"a\nb\"]", "json.syntax", "/0")]
    [TestCase("[\"a", "json.syntax", "/0")]
    [TestCase("{} {}", "json.syntax", "")]
    [TestCase("// no comment\n{}", "json.syntax", "")]
    [TestCase("{\"a\":{\"b\":1,\"c\":2,\"b\":3}}", "json.duplicate-key", "/a/b")]
    [TestCase("{\"a\":1,\"\\u0061\":2}", "json.duplicate-key", "/a")]
    [TestCase("{\"x/y\":\"\\ud800\"}", "json.surrogate", "/x~1y")]
    [TestCase("[\"\\udc00\\ud800\"]", "json.surrogate", "/0")]
    [TestCase("[1e10000]", "json.number", "/0")]
    [TestCase("[1e99999999999999999999]", "json.number", "/0")]
    [TestCase("[99e9999]", "json.number", "/0")]
    [TestCase("[0.1e-9999]", "json.number", "/0")]
    public void WhatIsNotStrictJsonIsRefusedWithItsPlace(string text, string rule, string path)
    {
        RecordFormatException refusal = Refusal(Encoding.UTF8.GetBytes(text));
        Assert.Multiple(() =>
        {
            Assert.That(refusal.Rule, Is.EqualTo(rule));
            Assert.That(refusal.Path, Is.EqualTo(path));
        });
    }

    [Test]
    public void BytesThatAreNotUtf8AreRefused() =>
        Assert.That(Refusal([(byte)'"', 0xC0, 0x80, (byte)'"']).Rule, Is.EqualTo("json.utf8"));

    [Test]
    public void DepthAndSizeHaveTheirLimits()
    {
        int depth = JsonLimits.RecordDepthMax;
        Assert.Multiple(() =>
        {
            Assert.That(Canonical(new string('[', depth) + new string(']', depth)), Has.Length.EqualTo(2 * depth));
            Assert.That(Refusal(Enumerable.Repeat((byte)'[', depth + 1).ToArray()).Rule, Is.EqualTo("json.depth"));
            Assert.That(Refusal(new byte[JsonLimits.RecordBytesMax + 1]).Rule, Is.EqualTo("json.size"));
        });
    }

    private static string Canonical(string text) =>
        Encoding.UTF8.GetString(CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(text)));

    private static RecordFormatException Refusal(byte[] text) =>
        Assert.Throws<RecordFormatException>(() => CanonicalJson.Canonicalise(text))!;
}
