namespace Ledger.Node.Records;

/// <summary>The names of scopes as xAPI writes them.</summary>
public static class XapiScopeNames
{
    private static readonly SortedDictionary<string, XapiScopes> Names = new(StringComparer.Ordinal)
    {
        ["all"] = XapiScopes.All,
        ["all/read"] = XapiScopes.AllRead,
        ["define"] = XapiScopes.Define,
        ["granted/read"] = XapiScopes.GrantedRead,
        ["profile"] = XapiScopes.Profile,
        ["state"] = XapiScopes.State,
        ["statements/read"] = XapiScopes.StatementsRead,
        ["statements/read/mine"] = XapiScopes.StatementsReadMine,
        ["statements/write"] = XapiScopes.StatementsWrite,
    };

    /// <summary>All of some names together; null when one of them is no scope.</summary>
    public static XapiScopes? Together(IEnumerable<string> names)
    {
        XapiScopes together = XapiScopes.None;
        foreach (string name in names)
        {
            if (!Names.TryGetValue(name, out XapiScopes scope))
            {
                return null;
            }

            together |= scope;
        }

        return together;
    }

    /// <summary>The names that there are, for messages.</summary>
    public static string Known => string.Join(", ", Names.Keys);
}
