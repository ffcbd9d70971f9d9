using System.Globalization;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Hosting;

/// <summary>Names of policies: <c>3</c> for the newest version, <c>3.2</c> for a version.</summary>
internal static class PolicyNames
{
    /// <summary>The number and version that a text names; version 0 stands for the newest.</summary>
    public static PolicyName Read(string text)
    {
        string[] parts = text.Split('.');
        ulong version = 0;
        return ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            && number > 0
            && (parts.Length == 1
                || (parts.Length == 2
                    && ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out version)
                    && version > 0))
            ? new PolicyName { Number = number, Version = version }
            : throw CommandException.WrongUse($"{text} is no policy: write 3, or 3.2 for its version 2.");
    }

    /// <summary>As <c>3.2</c>; null for none.</summary>
    public static string? Show(PolicyName? name) => name is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{name.Number}.{name.Version}");
}
