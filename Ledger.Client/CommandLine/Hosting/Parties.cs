using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>Reads who is meant: an address, <c>me</c>, or an institution's domain.</summary>
internal static class Parties
{
    /// <summary>The word that names an institution.</summary>
    public static Argument<string> Institution() =>
        new("INSTITUTION") { Description = "Its address or domain, or me." };

    /// <summary>The same, which may be left out for the profile's own.</summary>
    public static Argument<string> InstitutionOrMe()
    {
        Argument<string> who = Institution();
        who.DefaultValueFactory = static _ => "me";
        return who;
    }

    /// <summary>An address, or <c>me</c> for the profile's own.</summary>
    public static Address Read(Session session, string text)
    {
        if (text == "me")
        {
            return session.Identity.Address;
        }

        return Address.TryParse(text, out Address address)
            ? address
            : throw CommandException.WrongUse(
                $"{text} is not an address: it has 64 hexadecimal digits. Write me for your own.");
    }

    /// <summary>An address, <c>me</c>, or the domain of an institution, which the node is asked for.</summary>
    public static async Task<Address> ReadInstitutionAsync(Session session, string text, CancellationToken cancellation)
    {
        if (text == "me" || Address.TryParse(text, out _))
        {
            return Read(session, text);
        }

        InstitutionView? found = (await InstitutionBook.ListAsync(session, cancellation).ConfigureAwait(false))
            .FirstOrDefault(view => string.Equals(view.Institution?.Domain, text, StringComparison.OrdinalIgnoreCase));
        return found is not null
            ? new Address(found.Address.Span)
            : throw CommandException.WrongUse($"No institution has the domain {text}. Run: ledger institution list");
    }

    /// <summary>A field as an address in full, or a dash when it is none.</summary>
    public static string? Show(ByteString field) => Address.TryRead(field.Span, out Address address)
        ? address.ToString() : null;

    /// <summary>The first public key of an address that the ledger does not know yet.</summary>
    public static PublicKeyBytes ReadKey(string hex, Address owner)
    {
        bool isKey = Hash256.TryParse(hex, out Hash256 bytes);
        PublicKeyBytes key = new(bytes.ToArray());
        return isKey && Address.Of(key) == owner
            ? key
            : throw CommandException.WrongUse($"{owner} does not derive from this public key.");
    }
}
