using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Hosting;

/// <summary>Reads rights: names with commas.</summary>
internal static class RightsText
{
    /// <summary>Throws <see cref="CommandException"/> for a name that is none.</summary>
    public static Rights Read(string text)
    {
        Rights rights = new();
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            switch (name)
            {
                case "read":
                    rights.Read = true;
                    break;
                case "write":
                    rights.Write = true;
                    break;
                case "grant-read":
                    rights.GrantRead = true;
                    break;
                case "grant-write":
                    rights.GrantWrite = true;
                    break;
                default:
                    throw CommandException.WrongUse(
                        $"{name} is not a right; there are read, write, grant-read and grant-write.");
            }
        }

        return rights.Equals(new Rights()) ? throw CommandException.WrongUse("Name at least one right.") : rights;
    }
}
