using SocialHub.Configuration;

namespace SocialHub.Functions.Comments;

/// <summary>The policies as bodies name them, which is as hub.json does.</summary>
internal static class PolicyWords
{
    public static string Of(CommentPolicy policy) => policy switch
    {
        CommentPolicy.APriori => "a-priori",
        CommentPolicy.FirstThenTrusted => "first-then-trusted",
        _ => "a-posteriori",
    };

    /// <summary>Null for a word that is none.</summary>
    public static CommentPolicy? Read(string? word) => Enum.GetValues<CommentPolicy>().Where(policy => Of(policy) == word).Select(policy => (CommentPolicy?)policy).FirstOrDefault();
}
