using System.Globalization;

namespace Ledger.Node.Records;

/// <summary>How versions of xAPI are written in headers and statements.</summary>
public static class XapiVersions
{
    /// <summary>The header that names a version, in requests and in answers.</summary>
    public const string Header = "X-Experience-API-Version";

    private const string First = "1.0";
    private const string Second = "2.0";

    /// <summary>The latest patch of a version: what an answer bears.</summary>
    public static string Text(XapiVersion version) => version switch
    {
        XapiVersion.V1 => "1.0.3",
        XapiVersion.V2 => "2.0.0",
        _ => throw new ArgumentOutOfRangeException(nameof(version)),
    };

    /// <summary>What a statement is given as its version when it names none.</summary>
    public static string OfStatement(XapiVersion version) => version switch
    {
        XapiVersion.V1 => "1.0.0",
        XapiVersion.V2 => "2.0.0",
        _ => throw new ArgumentOutOfRangeException(nameof(version)),
    };

    /// <summary>Reads 1.0, 1.0.x, 2.0 or 2.0.x, x a number; anything else is no version that is spoken here.</summary>
    public static bool TryRead(string text, out XapiVersion version)
    {
        version = text.StartsWith(Second, StringComparison.Ordinal) ? XapiVersion.V2 : XapiVersion.V1;
        string minor = version == XapiVersion.V2 ? Second : First;
        return text == minor
            || (text.StartsWith(minor + ".", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(minor.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }
}
