using System.Text.Json;

namespace Ledger.Client.Institutions;

/// <summary>
/// Whom to call at an institution. It stands on the ledger sealed to the members and is never there in clear.
/// </summary>
/// <param name="Name">The person or office.</param>
/// <param name="Email">Its address, or empty.</param>
/// <param name="Phone">Its number, or empty.</param>
/// <param name="Note">Hours, languages, or whatever else helps; or empty.</param>
public sealed record ContactCard(string Name, string Email, string Phone, string Note)
{
    /// <summary>The bytes to seal.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ContactCardJson.Default.ContactCard);

    /// <summary>Reads what was opened; null where it is no card.</summary>
    public static ContactCard? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ContactCardJson.Default.ContactCard);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
