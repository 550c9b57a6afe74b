using Azure.Data.Tables;

namespace SocialHub.EndToEnd.Crashes.Invariants.Folds;

/// <summary>One owner as its log makes it, row after row.</summary>
internal abstract class Fold
{
    private static readonly string[] NoPerson = ["rules", "author", "reader", "clock", "network", "hub"];

    /// <summary>Number of the first row of a log.</summary>
    public virtual int First => 1;

    /// <summary>After the newest row; null before the first.</summary>
    public string? State { get; protected set; }

    /// <summary>Number of the newest row.</summary>
    public int Seq { get; private set; }

    /// <summary>What is wrong with the next row; null: it may follow.</summary>
    public string? Take(TableEntity row)
    {
        Seq = Number(row, "Seq");
        return Next(row, row.GetString("What"), row.GetString("State"), row.GetString("Who"));
    }

    /// <summary>Asserts that the owner is what its log says.</summary>
    public virtual void Matches(TableEntity owner) => Assert.Equal(Seq, Number(owner, "Seq"));

    /// <summary>A number of a row; one that is not there is 0.</summary>
    public static int Number(TableEntity row, string name) => row.GetInt32(name) ?? 0;

    protected abstract string? Next(TableEntity row, string what, string to, string who);

    protected static bool IsPerson(string who) => who.Length > 0 && !NoPerson.Contains(who);
}

/// <summary>What may happen to something: the word, the states that it may come from (null: nothing was there), the state after it, and who may do it.</summary>
/// <param name="What">Word of the log.</param>
/// <param name="From">States, separated by blanks; empty: it is the first.</param>
/// <param name="To">States, separated by blanks; <c>=</c>: the same.</param>
/// <param name="By"><c>person</c> or one of the hub's own words, separated by blanks.</param>
internal sealed record Step(string What, string From, string To, string By)
{
    /// <summary>True for this word, from this state to that, by somebody of this kind.</summary>
    public bool Allows(string what, string? from, string to, string who, bool isPerson) =>
        What == what
        && (from is null ? From.Length == 0 : From.Split(' ').Contains(from))
        && (To == "=" ? to == from : To.Split(' ').Contains(to))
        && By.Split(' ').Contains(isPerson ? "person" : who);
}
