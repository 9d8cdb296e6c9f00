// Stands in for url-parse, which the vendor's table of regions names for questions that Cueline never asks.
export default URL
