using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Contracts.Staff;
using Ledger.Primitives;

namespace Ledger.Client.Institutions;

/// <summary>
/// A testimonial's text with the salt that opens its commitment. Whoever holds the file can read it and see that it is
/// the one on the ledger; nobody else can, so a confidential one is for the learner to show.
/// </summary>
/// <param name="Learner">About whom.</param>
/// <param name="Institution">For which institution.</param>
/// <param name="DatedUnixMs">Its date, in ms since 1970-01-01 UTC.</param>
/// <param name="Salt">32 bytes.</param>
/// <param name="Text">What is testified.</param>
public sealed record TestimonialFile(
    Address Learner, Address Institution, long DatedUnixMs, ReadOnlyMemory<byte> Salt, string Text)
{
    private const long FileBytesMax = 1024 * 1024;

    /// <summary>A new one, with a fresh salt.</summary>
    public static TestimonialFile Create(Address learner, Address institution, long datedUnixMs, string text) =>
        new(learner, institution, datedUnixMs, RandomNumberGenerator.GetBytes(TestimonialDigests.SaltBytes), text);

    /// <summary>What the ledger holds of it.</summary>
    public Hash256 Commitment => TestimonialDigests.Commitment(Salt.Span, Encoding.UTF8.GetBytes(Text));

    /// <summary>
    /// Reads a file; throws <see cref="FormatException"/> when it is none, <see cref="IOException"/> when it cannot be
    /// read.
    /// </summary>
    public static TestimonialFile Read(string path) =>
        new FileInfo(path).Length <= FileBytesMax && TryParse(File.ReadAllBytes(path)) is { } read
            ? read
            : throw new FormatException($"{path} is not a testimonial.");

    /// <summary>Writes it; nothing that is there is replaced. Throws <see cref="IOException"/>.</summary>
    public void Write(string path) => AtomicFile.Write(
        path,
        JsonSerializer.SerializeToUtf8Bytes(
            new TestimonialDocument(
                Learner.ToString(),
                Institution.ToString(),
                DatedUnixMs,
                Convert.ToHexStringLower(Salt.Span),
                Text),
            TestimonialJson.Default.TestimonialDocument),
        overwrite: false);

    /// <summary>Reads a file's bytes, or null where they are none.</summary>
    public static TestimonialFile? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            TestimonialDocument? document =
                JsonSerializer.Deserialize(json, TestimonialJson.Default.TestimonialDocument);
            return document is not null
                && Address.TryParse(document.Learner, out Address learner)
                && Address.TryParse(document.Institution, out Address institution)
                && Convert.FromHexString(document.Salt) is { Length: TestimonialDigests.SaltBytes } salt
                    ? new TestimonialFile(learner, institution, document.DatedUnixMs, salt, document.Text)
                    : null;
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            return null;
        }
    }
}
