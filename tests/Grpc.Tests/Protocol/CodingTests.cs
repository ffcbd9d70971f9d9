using Grpc.Core;
using Grpc.Net.Client.Protocol;

namespace Grpc.Tests.Protocol;

/// <summary>The small codings of the protocol.</summary>
public sealed class CodingTests
{
    [TestCase("plain text", "plain text")]
    [TestCase("100 %", "100 %25")]
    [TestCase("é\n", "%C3%A9%0A")]
    public void A_text_is_percent_encoded_and_comes_back(string text, string encoded)
    {
        Assert.That(PercentCoding.Encode(text), Is.EqualTo(encoded));
        Assert.That(PercentCoding.Decode(encoded), Is.EqualTo(text));
    }

    [TestCase("%", "%")]
    [TestCase("%4", "%4")]
    [TestCase("%ZZ%41", "%ZZA")]
    [TestCase("a%FFb", "a\uFFFDb")]
    public void A_malformed_text_is_shown_anyway(string encoded, string text) =>
        Assert.That(PercentCoding.Decode(encoded), Is.EqualTo(text));

    [TestCase(0, "1u")]
    [TestCase(1, "1u")]
    [TestCase(11, "2u")]
    [TestCase(10_000_000, "1000000u")]
    [TestCase(2_000_000_000, "200000m")]
    [TestCase(long.MaxValue, "99999999H")]
    public void A_time_is_written_in_the_finest_unit_that_holds_it(long ticks, string encoded) =>
        Assert.That(TimeoutCoding.Encode(TimeSpan.FromTicks(ticks)), Is.EqualTo(encoded));

    [TestCase("1n", 1)]
    [TestCase("250n", 3)]
    [TestCase("5u", 50)]
    [TestCase("5m", 50_000)]
    [TestCase("5S", 50_000_000)]
    [TestCase("1M", 600_000_000)]
    [TestCase("99999999H", 3_599_999_964_000_000_000)]
    public void A_time_is_read_in_every_unit(string encoded, long ticks)
    {
        Assert.That(TimeoutCoding.TryDecode(encoded, out var timeout), Is.True);
        Assert.That(timeout.Ticks, Is.EqualTo(ticks));
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("S")]
    [TestCase("-5S")]
    [TestCase("5s")]
    [TestCase("100000000S")]
    public void A_malformed_time_is_told(string encoded) =>
        Assert.That(TimeoutCoding.TryDecode(encoded, out _), Is.False);

    [TestCase("Trace-Id_2.x", "trace-id_2.x")]
    public void A_key_is_put_into_lower_case(string key, string lower) =>
        Assert.That(new Metadata.Entry(key, "value").Key, Is.EqualTo(lower));

    [TestCase("a b")]
    [TestCase("a:b")]
    [TestCase("\u00E9")]
    [TestCase("a/b")]
    [TestCase("a@b")]
    public void A_key_of_other_letters_is_refused(string key) =>
        Assert.Throws<ArgumentException>(() => _ = new Metadata.Entry(key, "value"));

    [TestCase("99", StatusCode.Unknown)]
    [TestCase("-1", StatusCode.Unknown)]
    [TestCase("x", StatusCode.Unknown)]
    [TestCase("16", StatusCode.Unauthenticated)]
    public void A_number_that_is_no_code_is_unknown(string number, StatusCode expected) =>
        Assert.That(StatusCoding.Decode(number, null).StatusCode, Is.EqualTo(expected));

    [TestCase(HttpRequestError.ConnectionError, StatusCode.Unavailable)]
    [TestCase(HttpRequestError.SecureConnectionError, StatusCode.Unavailable)]
    [TestCase(HttpRequestError.InvalidResponse, StatusCode.Unavailable)]
    [TestCase(HttpRequestError.VersionNegotiationError, StatusCode.Internal)]
    public void A_failure_to_connect_is_unavailable(HttpRequestError error, StatusCode expected)
    {
        var failure = new HttpRequestException(error, "outer", new IOException("inner"));

        var status = FailureMapping.ToStatus("Summary.", failure);

        Assert.That(status.StatusCode, Is.EqualTo(expected));
        Assert.That(status.Detail, Is.EqualTo("Summary. HttpRequestException: outer IOException: inner"));
    }

    [TestCase(0x7, StatusCode.Unavailable)]
    [TestCase(0x8, StatusCode.Cancelled)]
    [TestCase(0xB, StatusCode.ResourceExhausted)]
    [TestCase(0xC, StatusCode.PermissionDenied)]
    [TestCase(0x2, StatusCode.Internal)]
    public void A_reset_of_a_stream_has_a_status(long errorCode, StatusCode expected)
    {
        var failure = new IOException("outer", new HttpProtocolException(errorCode, "inner", null));

        Assert.That(FailureMapping.ToStatus("Summary.", failure).StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public void A_key_tells_whether_its_value_is_bytes()
    {
        Assert.That(new Metadata.Entry("A-Bin", [1]).Key, Is.EqualTo("a-bin"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a", [1]));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a b", "text"));
        Assert.Throws<InvalidOperationException>(() => _ = new Metadata.Entry("a-bin", [1]).Value);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
    }

    [Test]
    public void A_message_grows_in_pooled_memory()
    {
        using var frame = new MessageFrame(100_000);
        for (var i = 0; i < 10_000; i++)
        {
            frame.GetSpan(1)[0] = (byte)(i & 0xFF);
            frame.Advance(1);
        }

        frame.Complete();

        Assert.That(frame.Bytes.Length, Is.EqualTo(10_005));
        Assert.That(frame.Bytes.Span[..5].ToArray(), Is.EqualTo(new byte[] { 0, 0, 0, 0x27, 0x10 }));
        Assert.That(frame.Payload.ToArray(), Is.EqualTo(Enumerable.Range(0, 10_000).Select(i => (byte)(i & 0xFF))));
    }

    [Test]
    public void A_marshaller_reads_what_it_wrote()
    {
        var marshaller = Marshallers.Create<string>(
            (text, context) => context.Complete(System.Text.Encoding.UTF8.GetBytes(text)),
            context => System.Text.Encoding.UTF8.GetString(context.PayloadAsNewBuffer()));

        Assert.That(marshaller.Deserializer(marshaller.Serializer("ü")), Is.EqualTo("ü"));
        Assert.That(
            Marshallers.StringMarshaller.Deserializer(Marshallers.StringMarshaller.Serializer("ü")), Is.EqualTo("ü"));
    }
}
