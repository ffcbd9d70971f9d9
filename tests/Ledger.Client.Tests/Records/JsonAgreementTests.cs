using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Client.Records;

namespace Ledger.Client.Tests.Records;

/// <summary>Damages texts at random and compares the reader with the one of .NET.</summary>
public sealed class JsonAgreementTests
{
    private const int Rounds = 4000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = JsonLimits.RecordDepthMax };

    [Test]
    public void WhatIsReadIsJsonAndMeansTheSame()
    {
        Random random = new(8785);
        int read = 0;
        for (int round = 0; round < Rounds; round++)
        {
            RecordVector vector = RecordVectors.All[round % RecordVectors.All.Count];
            byte[] text = Damaged(Encoding.UTF8.GetBytes(Respelling.Of(JsonNode.Parse(vector.Record), random)), random);
            if (TryCanonicalise(text, out byte[] canonical))
            {
                read++;
                Assert.That(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(canonical)), Is.True, Show(text));
                Assert.That(CanonicalJson.IsCanonical(canonical), Is.True, Show(canonical));
            }
        }

        Assert.That(read, Is.InRange(Rounds / 20, Rounds));
    }

    [Test]
    public void WhatDotNetRefusesIsRefusedToo()
    {
        Random random = new(8259);
        for (int round = 0; round < Rounds; round++)
        {
            RecordVector vector = RecordVectors.All[round % RecordVectors.All.Count];
            byte[] text = Damaged(vector.Json, random);
            if (!IsJson(text))
            {
                Assert.That(TryCanonicalise(text, out _), Is.False, Show(text));
            }
        }
    }

    private static byte[] Damaged(byte[] text, Random random)
    {
        ReadOnlySpan<byte> often = "{}[]:,\"\\0123456789.eE+-tfnu \n"u8;
        byte[] damaged = [.. text];
        for (int count = random.Next(3); count > 0; count--)
        {
            damaged[random.Next(damaged.Length)] = often[random.Next(often.Length)];
        }

        return damaged[..(random.Next(8) == 0 ? random.Next(damaged.Length) : damaged.Length)];
    }

    private static bool IsJson(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strict);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryCanonicalise(byte[] text, out byte[] canonical)
    {
        try
        {
            canonical = CanonicalJson.Canonicalise(text);
            return true;
        }
        catch (RecordFormatException)
        {
            canonical = [];
            return false;
        }
    }

    private static string Show(byte[] text) => Encoding.UTF8.GetString(text);
}
